import { z } from 'zod';

/*
 * What every field of the cluster file is made of. The message of each check is the phrase that follows "allowed:";
 * a sentence of its own comes only from a refinement (zod's `custom` issues).
 */

/** A mapping with these keys and no others. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: `a mapping with the keys ${Object.keys(shape).join(', ')}` });
}

export function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.number(allowed).int(allowed).min(min, allowed).max(max, allowed);
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `one of ${words.join(', ')}`);
}

/** Text in a given form. */
export function text(pattern: RegExp, allowed: string) {
  return z.string(allowed).regex(pattern, allowed);
}

type Quantity = {
  pattern: RegExp;
  parse: (text: string) => number | undefined;
  /** Of the parsed number. */
  min: number;
  max?: number;
  /** Shown in messages, with the least and the greatest value in it. */
  allowed: string;
};

/** A number with a unit; parsed it is a plain number. */
export function quantity({ pattern, parse, min, max = Infinity, allowed }: Quantity) {
  return text(pattern, allowed)
    .transform((written) => parse(written) ?? Number.NaN)
    .pipe(z.number(allowed).min(min, allowed).max(max, allowed));
}

/** A value of a Kafka setting as YAML gives it; parsed it is text, as Kafka's own files hold it. */
export function settingValue() {
  const allowed = 'text, a number, true or false';
  return z.union([z.string(), z.number(), z.boolean()], allowed).transform(String);
}
