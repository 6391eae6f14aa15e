import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aState, change, read, withPod } from '../testing.ts';
import { changeFindings } from './changes.ts';

const spec = aSpec({ topics: [{ name: 'events', partitions: 5 }] });
const healthy = aState({}, spec);
const throttled = {
  ...healthy,
  brokerSettings: read([
    { brokerId: 1, throttles: [{ key: 'leader.replication.throttled.rate', value: '9' }] },
  ]),
};
const moving = read([{ topic: 'events', partition: 0, adding: [4], removing: [3] }]);

describe('changes', () => {
  test('a throttle is left over only when nothing is being moved', () => {
    expect(changeFindings(spec, throttled)).toMatchObject([
      {
        code: 'throttle-left',
        subject: 'broker 1',
        reason: 'Nothing is being moved, but broker 1 has leader.replication.throttled.rate=9.',
      },
    ]);
    expect(changeFindings(spec, { ...throttled, reassignments: moving })).toMatchObject([
      { code: 'reassignment-ongoing', subject: 'topic events' },
    ]);
  });

  test('whether anything is being moved is not guessed', () => {
    expect(
      changeFindings(spec, { ...throttled, reassignments: { kind: 'unreadable', reason: 'Timed out.' } }),
    ).toEqual([]);
  });

  test('pods of an older revision are one finding for each StatefulSet', () => {
    let state = withPod(healthy, 'zookeeper', 0, { revision: 'old' });
    state = withPod(state, 'kafka', 1, { revision: 'old' });
    state = withPod(state, 'kafka', 3, { revision: 'old' });
    expect(changeFindings(spec, state)).toMatchObject([
      { code: 'pods-outdated', subject: 'pod events-zookeeper-0' },
      { code: 'pods-outdated', subject: 'pods events-kafka-1, events-kafka-3' },
    ]);
  });

  test('revisions are not compared before Kubernetes has taken up the change', () => {
    const changed = change(withPod(healthy, 'kafka', 0, { revision: 'old' }), 'statefulSets', (sets) => ({
      ...sets,
      kafka: sets.kafka && { ...sets.kafka, generation: 2 },
    }));
    expect(changeFindings(spec, changed)).toMatchObject([{ code: 'statefulset-not-observed' }]);
  });
});
