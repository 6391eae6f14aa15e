import { describe, expect, test } from '@jest/globals';
import {
  brokerId,
  clusterName,
  defaultClusterFile,
  duration,
  listOf,
  namespaceName,
  oneOf,
  rate,
  rateOrShare,
  version,
  wholeNumber,
  type ValueKind,
} from './values.ts';

const rounds = wholeNumber({ least: 1, most: 100 });
const aMinute = duration({ least: 5_000, most: 60_000 });

describe('values', () => {
  describe('a value that a person writes', () => {
    test.each<[string, ValueKind<unknown>, unknown]>([
      ['1', rounds, 1],
      ['100', rounds, 100],
      ['60s', aMinute, 60_000],
      ['1h', duration({ least: 1_000 }), 3_600_000],
      ['20MB/s', rate, 20e6],
      ['20MB/s', rateOrShare, 20e6],
      ['50%', rateOrShare, { share: 0.5 }],
      ['0', brokerId, 0],
      ['3.9.2', version, '3.9.2'],
      ['events-2', clusterName, 'events-2'],
      ['2-kafka', namespaceName, '2-kafka'],
      ['b', oneOf(['a', 'b']), 'b'],
      ['3.8.1, 3.9.2\n3.7.2', listOf(version), ['3.8.1', '3.9.2', '3.7.2']],
    ])('%j is taken', (text, kind, value) => {
      expect(kind.parse(text)).toEqual(value);
    });

    test.each<[string, ValueKind<unknown>, string]>([
      ['0', rounds, 'a whole number from 1 to 100'],
      ['101', rounds, 'a whole number from 1 to 100'],
      ['1e1', rounds, 'a whole number from 1 to 100'],
      ['', wholeNumber({ least: 0, most: 9 }), 'a whole number from 0 to 9'],
      ['4s', aMinute, 'a time from 5s to 60s, such as 90s'],
      ['90', duration({ least: 1_000 }), 'a time from 1s, such as 90s'],
      ['0MB/s', rate, 'a rate such as 20MB/s'],
      ['0%', rateOrShare, 'a rate such as 20MB/s, or a share such as 50%'],
      ['50', rateOrShare, 'a rate such as 20MB/s, or a share such as 50%'],
      ['2-events', clusterName, 'at most 40 lower-case letters, digits and hyphens, beginning with a letter'],
      ['Kafka', namespaceName, 'at most 63 lower-case letters, digits and hyphens'],
      ['-1', brokerId, "a broker's id, such as 2"],
      ['3.9', version, 'a version such as 3.9.2'],
      ['c', oneOf(['a', 'b']), 'one of a, b'],
      ['3.9.2,latest', listOf(version), 'a version such as 3.9.2, or several, separated by commas'],
    ])('%j is refused', (text, kind, takes) => {
      expect(kind.parse(text)).toBeUndefined();
      expect(kind.takes).toBe(takes);
    });
  });

  test('the cluster file is kafka-ha.yaml where there is one, and cluster.yaml else', () => {
    const among = (...files: string[]) => defaultClusterFile((file) => files.includes(file));
    expect(among('cluster.yaml', 'kafka-ha.yaml')).toBe('kafka-ha.yaml');
    expect(among('cluster.yaml')).toBe('cluster.yaml');
    expect(among()).toBe('cluster.yaml');
  });
});
