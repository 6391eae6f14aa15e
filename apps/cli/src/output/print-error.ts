import { inspect } from 'node:util';
import { toKafkaHaError } from '@kafka-ha/base';
import { colorsOf } from './colors.ts';
import { plainText } from './plain-text.ts';

/**
 * Prints an error on stderr as a person or, with `json`, a script wants it. What is in it may be a pod's log: the terminal
 * gets no control sequence of it.
 */
export function printError(thrown: unknown, options: { json: boolean; verbose: boolean }): void {
  const error = toKafkaHaError(thrown);
  const { code, message, hint, details } = error;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ error: { code, message, details, hint } }, null, 2)}\n`);
    return;
  }
  const { bold, red, dim } = colorsOf(process.stderr);
  const lines = [
    `${red(bold('error'))} ${plainText(message)}`,
    ...details.map((line) => `  ${plainText(line)}`),
  ];
  if (hint !== undefined) lines.push(`${dim('→')} ${plainText(hint)}`);
  if (options.verbose) lines.push('', plainText(inspect(error, { depth: 5 })));
  process.stderr.write(`${lines.join('\n')}\n`);
}
