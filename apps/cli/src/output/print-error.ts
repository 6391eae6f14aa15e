import { inspect } from 'node:util';
import { toKafkaHaError } from '@kafka-ha/errors';
import { colorsOf } from './colors.ts';

/** Prints an error on stderr as a person or, with `json`, a script wants it. */
export function printError(thrown: unknown, options: { json: boolean; verbose: boolean }): void {
  const error = toKafkaHaError(thrown);
  const { code, message, hint, details } = error;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ error: { code, message, details, hint } }, null, 2)}\n`);
    return;
  }
  const { bold, red, dim } = colorsOf(process.stderr);
  const lines = [`${red(bold('error'))} ${message}`, ...details.map((line) => `  ${line}`)];
  if (hint !== undefined) lines.push(`${dim('→')} ${hint}`);
  if (options.verbose) lines.push('', inspect(error, { depth: 5 }));
  process.stderr.write(`${lines.join('\n')}\n`);
}
