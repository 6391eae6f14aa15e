import { count } from '@kafka-ha/base';

/** `1 record`, `12,400 records`, `no record`. */
export function counted(value: number, singular: string, plural?: string): string {
  return value === 0 ? `no ${singular}` : count(value, singular, plural);
}

/** Rounded down, so that only what is whole reads `100 %`. At most three decimals. */
export function percent(share: number): string {
  // The small addition mends products such as 0.29 * 100 = 28.999999999999996.
  return `${Math.floor(share * 100_000 + 1e-6) / 1000} %`;
}

/** Rounded up: for a bound, which must not look better than it is. */
export function percentAtMost(share: number): string {
  return `${Math.ceil(share * 1000 - 1e-6) / 10} %`;
}

/** To the millisecond, so that figures compare and line up: `5.312 s`. */
export function seconds(ms: number): string {
  return `${plainSeconds(ms)} s`;
}

/** The same where a heading names the unit: `5.312`. */
export function plainSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** A promised time or a mark on an axis, as people say it: `10 s`, `2.5 s`. */
export function shortSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(3))} s`;
}
