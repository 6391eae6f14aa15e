import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatBytes, parseBytes } from './bytes.ts';
import { formatCpu, parseCpu } from './cpu.ts';
import { formatDuration, parseDuration } from './duration.ts';
import { formatRate, parseRate } from './rate.ts';

describe('units', () => {
  test.each([
    ['50Gi', 50 * 2 ** 30],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['384Mi', 384 * 2 ** 20],
    ['2Ti', 2 * 2 ** 40],
    ['10G', 10e9],
    ['5k', 5000],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each(['50', '50GB', '50 Gi', '-1Gi', 'Gi', '1e3Gi', '', '1.Gi'])('%p is no size', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });

  test.each([
    ['100MB/s', 100e6],
    ['80MiB/s', 80 * 2 ** 20],
    ['500kB/s', 500e3],
    ['1.5GB/s', 1.5e9],
    ['12B/s', 12],
  ])('%s is %d bytes per second', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
  });

  test.each(['100', '100MB', '100Mb/s', '100mb/s'])('%p is no rate', (text) => {
    expect(parseRate(text)).toBeUndefined();
  });

  test.each([
    ['60s', 60_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1h30m', 5_400_000],
    ['0.5s', 500],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['60', 's', '1d', '5 s', ''])('%p is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each([
    ['1', 1000],
    ['0.5', 500],
    ['250m', 250],
  ])('%s CPU is %d thousandths', (text, millis) => {
    expect(parseCpu(text)).toBe(millis);
  });

  test.each(['m', '1.5m', '-1', '1 core'])('%p is no amount of CPU', (text) => {
    expect(parseCpu(text)).toBeUndefined();
  });

  test('a figure in a message has three digits', () => {
    expect(formatBytes(45_634_027_520)).toBe('42.5Gi');
    expect(formatRate(100e6 / 3)).toBe('33.3MB/s');
    expect(formatDuration(12_744)).toBe('12.7s');
    expect(formatDuration(378_000)).toBe('6m18s');
    expect(formatDuration(3 * 3600e3 + 5 * 60e3)).toBe('3h5m');
    expect(formatCpu(66.4)).toBe('66m');
  });

  test('what is printed can be written into the file, and means the same to half a percent', () => {
    const near = (parsed: number | undefined, value: number) =>
      Math.abs((parsed ?? 0) - value) <= value / 200;
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 2 ** 50 }), (value) => {
        expect(near(parseBytes(formatBytes(value)), value)).toBe(true);
        expect(near(parseRate(formatRate(value)), value)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (value) => {
        expect(near(parseDuration(formatDuration(value)), value)).toBe(true);
        expect(parseCpu(formatCpu(value))).toBe(value);
      }),
    );
  });
});
