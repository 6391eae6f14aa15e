import { describe, expect, test } from '@jest/globals';
import { differingKeys, releaseRefusal, type LiveSetting } from './release-refusal.ts';

const up = { from: '3.9.2', to: '4.4.0' };

describe('releaseRefusal', () => {
  test.each<[LiveSetting, string]>([
    [{ of: 'topic', key: 'message.format.version', value: '3.0' }, 'Kafka 4.0 removed it'],
    [{ of: 'topic', key: 'message.downconversion.enable', value: 'false' }, 'Kafka 4.0 removed it'],
    [
      { of: 'topic', key: 'segment.bytes', value: '65536' },
      'it is 65536, and Kafka 4.4.0 takes a whole number of at least 1048576',
    ],
    [{ of: 'broker', key: 'log.message.timestamp.difference.max.ms', value: '1000' }, 'Kafka 4.0 removed it'],
    [
      { of: 'broker', key: 'num.replica.fetchers', value: '0' },
      'it is 0, and Kafka 4.4.0 takes a whole number of at least 1',
    ],
  ])('%j is refused by 4.4', (setting, why) => {
    expect(releaseRefusal(setting, up)).toBe(why);
  });

  test('what both versions take is not refused, nor what neither knows, nor a secret', () => {
    expect(releaseRefusal({ of: 'topic', key: 'retention.ms', value: '60000' }, up)).toBeUndefined();
    expect(releaseRefusal({ of: 'broker', key: 'theirs.plugin.url', value: 'x' }, up)).toBeUndefined();
    expect(releaseRefusal({ of: 'broker', key: 'log.segment.bytes', value: null }, up)).toBeUndefined();
  });

  test('on the way back it is what came after the older version', () => {
    const down = { from: '4.4.0', to: '4.2.2' };
    const setting = { of: 'topic', key: 'errors.deadletterqueue.group.enable', value: 'true' } as const;
    expect(releaseRefusal(setting, down)).toBe('Kafka 4.2.2 does not know it');
    expect(releaseRefusal({ of: 'topic', key: 'segment.bytes', value: '65536' }, down)).toContain('65536');
  });

  test('only what differs has to be looked at', () => {
    expect(differingKeys('topic', up)).toEqual([
      'message.downconversion.enable',
      'message.format.version',
      'message.timestamp.difference.max.ms',
      'segment.bytes',
    ]);
    expect(differingKeys('topic', { from: '4.2.2', to: '4.2.3' })).toEqual([]);
  });
});
