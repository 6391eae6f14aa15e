/** `12,400`: the same on every machine, whatever its locale. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 record`, `12,400 records`, `no record`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  if (value === 0) return `no ${singular}`;
  return `${count(value)} ${value === 1 ? singular : plural}`;
}
