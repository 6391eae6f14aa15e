/** Units by their suffix, and what one of each is worth. */
export type UnitTable = Readonly<Record<string, number>>;

/** A regular expression for one number with one of these units, e.g. `1.5Gi`. */
export function patternOf(units: UnitTable): RegExp {
  return new RegExp(`^\\d+(\\.\\d+)?(${Object.keys(units).join('|')})$`);
}

/** The value of one number with its unit, or undefined where the text is not one. */
export function parseWith(units: UnitTable, text: string): number | undefined {
  if (!patternOf(units).test(text)) return undefined;
  const number = /^[\d.]+/.exec(text)?.[0] ?? '';
  const unit = units[text.slice(number.length)];
  return unit === undefined ? undefined : Number(number) * unit;
}

/** A number as short as three significant digits allow: 33.3, 0.25, 1234. */
export function shortNumber(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
