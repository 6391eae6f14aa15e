import { describe, expect, test } from '@jest/globals';
import { canLowerMetadata, featuresOf, releaseOfMetadata } from './features-of.ts';

describe('featuresOf', () => {
  test('each release has its level of metadata', () => {
    const levels = ['3.9.2', '4.0.2', '4.1.2', '4.2.2', '4.3.1', '4.4.0'].map((version) => {
      const features = featuresOf(version);
      return [features?.metadataVersion, features?.levels['metadata.version']];
    });
    expect(levels).toEqual([
      ['3.9-IV0', 21],
      ['4.0-IV3', 25],
      ['4.1-IV1', 27],
      ['4.2-IV1', 29],
      ['4.3-IV0', 30],
      ['4.4-IV2', 33],
    ]);
  });

  test('3.9 has no other feature, and 4.1 is the first with eligible leader replicas', () => {
    expect(Object.values(featuresOf('3.9')?.levels ?? {})).toEqual([21, 0, 0, 0, 0, 0]);
    const elr = (release: string) => featuresOf(release)?.levels['eligible.leader.replicas.version'];
    expect([elr('4.0'), elr('4.1')]).toEqual([0, 1]);
  });

  test('kraft.version is no matter of a release', () => {
    expect(featuresOf('4.4')?.levels).not.toHaveProperty(['kraft.version']);
  });

  test('nothing is guessed for a release that is not known', () => {
    expect(featuresOf('3.8.1')).toBeUndefined();
    expect(featuresOf('4.5.0')).toBeUndefined();
  });

  test('metadata can be lowered only where no release between has changed what is written', () => {
    expect(canLowerMetadata('4.2', '4.0')).toBe(true);
    expect(canLowerMetadata('4.3', '4.2')).toBe(false);
    expect(canLowerMetadata('4.0', '3.9')).toBe(false);
    expect(canLowerMetadata('4.4', '4.4')).toBe(true);
  });

  test('a level belongs to the last release that it has reached', () => {
    expect([1, 21, 23, 25, 26, 29, 33, 40].map(releaseOfMetadata)).toEqual([
      '3.9',
      '3.9',
      '3.9',
      '4.0',
      '4.0',
      '4.2',
      '4.4',
      '4.4',
    ]);
  });
});
