import { expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aState, read, withBrokerDown } from '../testing.ts';
import { diskFindings } from './disks.ts';

const spec = aSpec();
const findingsAt = (share: number) => {
  const usage = read({ usedBytes: share * 50 * 2 ** 30, sizeBytes: 50 * 2 ** 30 });
  const disks = aState({}, spec).disks.map((disk) => (disk.brokerId === 3 ? { brokerId: 3, usage } : disk));
  return diskFindings(spec, aState({ disks }, spec));
};

test('a volume is warned of from 80 % and an error from 90 %', () => {
  expect(findingsAt(0.799)).toEqual([]);
  expect(findingsAt(0.8)).toMatchObject([
    { severity: 'warning', subject: 'volume of broker 3', reason: '80 % used: 40Gi of 50Gi.' },
  ]);
  expect(findingsAt(0.899)).toMatchObject([{ code: 'disk-nearly-full' }]);
  expect(findingsAt(0.9)).toMatchObject([{ code: 'disk-full', severity: 'error' }]);
});

test('that the volume of a lost broker cannot be read is no news', () => {
  expect(diskFindings(spec, withBrokerDown(aState({}, spec), 3))).toEqual([]);
});
