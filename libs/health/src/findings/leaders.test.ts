import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aPartition, aState, aTopic, withTopic } from '../testing.ts';
import { leaderFindings } from './leaders.ts';

const spec = aSpec();
const withPartition = (partition: Parameters<typeof aPartition>[0]) =>
  withTopic(aState({}, spec), aTopic('events', { partitions: [aPartition(partition)] }));

describe('leaders', () => {
  test('a leader that is not the preferred one is told of when the preferred one could lead', () => {
    const [finding] = leaderFindings(spec, withPartition({ leader: 1 }));
    expect(finding).toMatchObject({ code: 'leaders-not-preferred', severity: 'warning' });
    expect(finding?.reason).toContain('1 of 26 partitions led by another broker');
  });

  test('a preferred leader that is out of sync is not expected to lead', () => {
    expect(leaderFindings(spec, withPartition({ leader: 1, isr: [1, 2, 3, 4] }))).toEqual([]);
  });

  test('replica lists that give a new broker nothing to lead are uneven', () => {
    const six = aSpec({ brokers: 6, topics: [{ name: 'events', partitions: 20 }] });
    const asWithFive = aState({}, aSpec({ topics: [{ name: 'events', partitions: 20 }] })).topics;
    expect(leaderFindings(six, aState({ topics: asWithFive }, six))).toMatchObject([
      { subject: 'topic __consumer_offsets' },
      { subject: 'topic __transaction_state' },
      {
        code: 'leaders-uneven',
        subject: 'topic events',
        reason: 'Broker 0 is the preferred leader of 4 of its 20 partitions, broker 5 of 0.',
      },
    ]);
  });
});
