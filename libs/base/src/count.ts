/** "1 broker", "2 brokers", "12,400 records" */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** `12,400`: the same on every machine, whatever its locale. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
