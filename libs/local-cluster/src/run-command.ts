import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { Say } from './narrate.ts';

/** What a piece of work needs of the step that it is part of. */
export type StepContext = { say: Say; log: string; signal: AbortSignal };

export type CommandOptions = {
  env?: Record<string, string>;
  cwd?: string;
  input?: string;
  /** Keeps what it writes to stdout out of the log. */
  secret?: boolean;
  /** Sees each line of output as it comes. */
  onLine?: (line: string) => void;
};

/**
 * Runs a command to its end, its output in the step's log. Returns what it wrote to stdout.
 * Throws `local-cluster-failed`, with the last 20 lines of output, on an exit code other than 0, and `aborted` after it
 * ended the command and its children.
 */
export async function runCommand(
  context: Pick<StepContext, 'log' | 'signal'>,
  command: readonly [string, ...string[]],
  options: CommandOptions = {},
): Promise<string> {
  if (context.signal.aborted) throw aborted(context.signal);
  const [file, ...args] = command;
  const log = createWriteStream(context.log, { flags: 'a' });
  log.on('error', () => undefined); // a command is worth more than its log
  log.write(`$ ${command.join(' ')}\n`);
  // a group of its own: a compiler's children end with it, and Ctrl-C in a terminal reaches only us
  const child = spawn(file, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  let stdout = '';
  let complaint = '';
  const last: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === child.stdout && options.secret) continue;
    stream.pipe(log, { end: false });
    createInterface({ input: stream }).on('line', (coloured) => {
      const line = stripVTControlCharacters(coloured).trimEnd();
      if (line === '') return;
      last.push(line);
      if (last.length > 20) last.shift();
      if (stream === child.stderr) complaint = `: ${line.trim()}`;
      options.onLine?.(line);
    });
  }
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    if (child.pid === undefined) return;
    const group = -child.pid;
    kill(group, 'SIGTERM');
    killing = setTimeout(() => kill(group, 'SIGKILL'), 3_000);
  };
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exit, killed) => resolve(exit ?? killed ?? 'nothing'));
    });
    if (context.signal.aborted) throw aborted(context.signal);
    if (code !== 0)
      throw new KafkaHaError('local-cluster-failed', `${basename(file)} ended with ${code}${complaint}`, {
        details: last,
      });
    return stdout;
  } catch (error) {
    if (error instanceof KafkaHaError) throw error;
    throw new KafkaHaError('local-cluster-failed', `${file} did not start: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    context.signal.removeEventListener('abort', stop);
    clearTimeout(killing);
    await new Promise<void>((resolve) => log.end(resolve));
  }
}

export function aborted(signal: AbortSignal): KafkaHaError {
  return new KafkaHaError('aborted', 'stopped on request', {
    cause: signal.reason,
    hint: 'The next `up` or `down` cleans what is left.',
  });
}

/** Ends a process, or a group if negative; one that is gone already is no error. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone
  }
}
