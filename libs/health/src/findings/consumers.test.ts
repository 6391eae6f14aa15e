import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { assess, type ConsumerState } from '../index.ts';
import { aState, read } from '../testing.ts';

const spec = aSpec();
const behind = (partition: number, retentionUsed: number): ConsumerState => ({
  group: 'billing',
  topic: 'events',
  partition,
  lagRecords: 1200,
  retentionUsed,
});
const findingsOf = (...consumers: ConsumerState[]) =>
  assess(spec, aState({ consumers: read(consumers) }, spec)).findings;

describe('consumers', () => {
  test('a group is told once for each topic, with the partition that is nearest to losing records', () => {
    expect(findingsOf(behind(0, 0.49), behind(1, 0.6), behind(2, 0.75))).toMatchObject([
      {
        code: 'consumer-near-retention',
        subject: 'group billing, topic events',
        reason:
          'Partition 2 is 1,200 records behind: 75 % of what is kept, and 1 other partition half or more as well.',
      },
    ]);
  });

  test('what is lost already is said to be', () => {
    expect(findingsOf(behind(0, 1.2))).toMatchObject([
      { reason: 'Partition 0 is 1,200 records behind: records are gone that it has not read.' },
    ]);
  });

  test('groups that cannot be read leave a cluster healthy', () => {
    const consumers = { kind: 'unreadable', reason: 'no answer' } as const;
    expect(assess(spec, aState({ consumers }, spec))).toMatchObject({
      status: 'healthy',
      findings: [{ code: 'detail-unreadable', subject: 'consumer groups' }],
    });
  });
});
