import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aState, read, withBrokerDown } from '../testing.ts';
import { diskFindings } from './disks.ts';

const spec = aSpec();
const findingsAt = (share: number) => {
  const usage = read({ usedBytes: share * 50 * 2 ** 30, sizeBytes: 50 * 2 ** 30 });
  const disks = aState({}, spec).disks.map((disk) => (disk.brokerId === 3 ? { brokerId: 3, usage } : disk));
  return diskFindings(spec, aState({ disks }, spec));
};

describe('disks', () => {
  test('a volume is warned of from 88 % and an error from 93 %', () => {
    expect(findingsAt(0.879)).toEqual([]);
    expect(findingsAt(0.88)).toMatchObject([
      { severity: 'warning', subject: 'volume of broker 3', reason: '88 % used: 44Gi of 50Gi.' },
    ]);
    expect(findingsAt(0.929)).toMatchObject([{ code: 'disk-nearly-full' }]);
    expect(findingsAt(0.93)).toMatchObject([{ code: 'disk-full', severity: 'error' }]);
  });

  test.each(['8Gi', '50Gi', '1000Gi'])(
    'a volume of %s that is as full as retention lets it be is none',
    (size) => {
      const { sizing, storage } = aSpec({ storage: { size } });
      expect(sizing.peakDiskBytes / storage.sizeBytes).toBeGreaterThan(0.8);
      expect(findingsAt(sizing.peakDiskBytes / storage.sizeBytes)).toEqual([]);
    },
  );

  test('where volumes are directories of a disk, it is the disk that is full, whoever fills it', () => {
    const usage = read({ usedBytes: 240 * 2 ** 30, sizeBytes: 252 * 2 ** 30 });
    expect(diskFindings(spec, aState({ disks: [{ brokerId: 3, usage }] }, spec))[0]).toMatchObject({
      code: 'disk-full',
      subject: 'disk of the node below the volume of broker 3',
      reason: expect.stringMatching(/^95 % used: 240Gi of 252Gi\. The volume has no size of its own/),
    });
  });

  test('that the volume of a lost broker cannot be read is no news', () => {
    expect(diskFindings(spec, withBrokerDown(aState({}, spec), 3))).toEqual([]);
  });
});
