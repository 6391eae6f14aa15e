/** "1 broker", "2 brokers", "12,400 records" */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** `12,400`: the same on every machine, whatever its locale. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

/** How long something took: "0.4 s", "12 s", "3 min 20 s". */
export function durationText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
