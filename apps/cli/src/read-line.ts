import { createInterface } from 'node:readline/promises';
import { abortedError, KafkaHaError } from '@kafka-ha/base';
import type { JsonOption } from './options.ts';

/** Where a person sits. */
export type Terminal = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream; signal: AbortSignal };

/** Undefined where nobody can answer: in a script, in CI. With `--json` stdout is for the document. */
export function terminalOf({ json }: JsonOption, signal: AbortSignal): Terminal | undefined {
  const output = json === true ? process.stderr : process.stdout;
  return process.stdin.isTTY && output.isTTY ? { input: process.stdin, output, signal } : undefined;
}

/**
 * A line that a person types, without the space around it.
 *
 * @throws KafkaHaError `aborted` at Ctrl-C or the end of the input.
 */
export async function readLine(prompt: string, { input, output, signal }: Terminal): Promise<string> {
  const ended = new AbortController();
  const lines = createInterface({ input, output });
  // On a terminal Ctrl-C comes as a key, and Ctrl-D as the end: readline tells nobody else of them.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  lines.on('close', () => ended.abort(new KafkaHaError('aborted', 'there was no answer')));
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    return (await lines.question(prompt, { signal: either })).trim();
  } catch (error) {
    if (!either.aborted) throw error;
    output.write('\n');
    throw abortedError(either);
  } finally {
    lines.close();
  }
}
