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
