export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True where every named field is there and has that type. */
export function isFlat(
  value: Record<string, unknown>,
  shape: Readonly<Record<string, 'number' | 'string' | 'boolean'>>,
): boolean {
  return Object.entries(shape).every(([name, type]) => typeof value[name] === type);
}

/** True for a tuple with these columns: `n` a number, `s` a string. */
export function isRow(value: unknown, columns: string): boolean {
  return (
    Array.isArray(value) &&
    value.length === columns.length &&
    value.every((cell) => typeof cell === 'number' || typeof cell === 'string') &&
    value.map((cell) => (typeof cell === 'number' ? 'n' : 's')).join('') === columns
  );
}
