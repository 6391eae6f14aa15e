import { describe, expect, test } from '@jest/globals';
import { startRefusals, type StartFacts } from './start-refusals.ts';

const ready: StartFacts = {
  brokers: [0, 1, 2].map((id) => ({ id, version: '3.9.2', protocol: '3.9-IV0' })),
  undeployed: [],
  moving: [],
  deleting: [],
  topicsWithoutId: [],
  logsWithoutId: [],
  migrationNode: null,
};

describe('startRefusals', () => {
  test('a cluster that is at rest may begin', () => {
    expect(startRefusals(ready)).toEqual([]);
    const unknown = ready.brokers.map(({ id, protocol }) => ({ id, protocol }));
    expect(startRefusals({ ...ready, brokers: unknown })).toEqual([]);
  });

  test.each([
    [
      { brokers: [{ id: 1, version: '3.9.1', protocol: '3.9' }] },
      'Not every broker runs Kafka 3.9.2',
      'upgrade --kafka 3.9.2',
    ],
    [
      { brokers: [{ id: 1, version: '3.9.2', protocol: '3.8-IV0' }] },
      'has the protocol 3.9',
      'upgrade --finalize',
    ],
    [
      { brokers: [{ id: 1, version: '3.9.2', protocol: null }] },
      'has the protocol 3.9',
      'upgrade --finalize',
    ],
    [{ undeployed: ['StatefulSet events-kafka'] }, 'not what its file says', 'kafka-ha deploy'],
    [{ moving: ['events-1'] }, '1 partition', 'scale --abort'],
    [{ deleting: ['old'] }, '1 topic is being deleted', 'until they are gone'],
    [{ topicsWithoutId: ['old'] }, 'no id in ZooKeeper', 'kafka-ha roll --restart'],
    [{ logsWithoutId: [{ broker: 2, folder: 'old-1' }] }, 'would set it aside', 'kafka-ha roll --restart'],
    [{ migrationNode: '{}' }, 'delete all topics from ZooKeeper', 'migrate --back'],
  ] satisfies [Partial<StartFacts>, string, string][])('%j is refused', (change, why, hint) => {
    const refusals = startRefusals({ ...ready, ...change });
    expect(refusals).toHaveLength(1);
    expect(refusals[0]?.why).toContain(why);
    expect(refusals[0]?.hint).toContain(hint);
  });
});
