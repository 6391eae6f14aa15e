/** Rounded down, so that only what is whole reads `100 %`. At most three decimals. */
export function percent(share: number): string {
  // The small addition mends products such as 0.29 * 100 = 28.999999999999996.
  return `${Math.floor(share * 100_000 + 1e-6) / 1000} %`;
}

/** Rounded up: for a bound, which must not look better than it is. */
export function percentAtMost(share: number): string {
  return `${Math.ceil(share * 1000 - 1e-6) / 10} %`;
}
