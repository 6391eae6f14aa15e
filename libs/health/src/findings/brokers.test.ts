import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import type { State } from '../state.ts';
import { aState, change, read, withBrokerDown, withPod } from '../testing.ts';
import { brokerFindings } from './brokers.ts';

const spec = aSpec();
const healthy = aState({}, spec);
const withoutBroker3 = change(healthy, 'brokers', (brokers) => brokers.filter(({ id }) => id !== 3));

describe('brokers', () => {
  test.each<[string, State]>([
    ['Its pod events-kafka-3 is not ready.', withBrokerDown(healthy, 3)],
    ['Its pod events-kafka-3 is ready nevertheless.', withoutBroker3],
    [
      'It has no pod.',
      change(withoutBroker3, 'pods', (pods) => pods.filter(({ name }) => name !== 'events-kafka-3')),
    ],
    ['Its pod could not be read.', { ...withoutBroker3, pods: { kind: 'unreadable', reason: 'Timed out.' } }],
  ])('what became of the pod of a missing broker: %s', (fate, state) => {
    expect(brokerFindings(spec, state)).toMatchObject([
      {
        code: 'broker-missing',
        subject: 'broker 3',
        reason: `It is not registered. Brokers 0-2, 4 are. ${fate}`,
      },
    ]);
  });

  test('with no broker at all each one is missing', () => {
    const findings = brokerFindings(spec, { ...healthy, brokers: read([]) });
    expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 'broker-missing'));
    expect(findings[0]?.reason).toContain('No broker is.');
  });

  test('a rack is compared with the zone of the pod, where there are zones', () => {
    const other = withPod(healthy, 'kafka', 2, { zone: 'zone-z' });
    expect(brokerFindings(spec, other)).toMatchObject([
      { code: 'broker-rack-differs', reason: 'Its broker.rack is zone-c, and its pod is in zone zone-z.' },
    ]);
    expect(brokerFindings(spec, withPod(healthy, 'kafka', 2, { zone: null }))).toEqual([]);
  });
});
