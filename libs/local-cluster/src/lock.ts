import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KafkaHaError } from '@kafka-ha/base';
import { aborted, type StepContext } from './run-command.ts';

export type Lock = { release: () => Promise<void> };

/**
 * Waits until nobody else on this machine holds the lock of that file. The kernel frees it when its holder dies,
 * however it dies: flock(1) holds it for as long as a pipe from this process stays open.
 */
export async function takeLock(file: string, busy: string, { say, signal }: StepContext): Promise<Lock> {
  if (signal.aborted) throw aborted(signal);
  await mkdir(dirname(file), { recursive: true });
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat >&2'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => {
    holder.on('close', () => resolve());
    holder.on('error', () => resolve());
  });
  holder.stdin.on('error', () => undefined);
  const announce = setTimeout(() => say(busy), 300);
  const stop = () => holder.kill();
  signal.addEventListener('abort', stop, { once: true });
  const held = await Promise.race([
    new Promise<true>((resolve) => holder.stdout.once('data', () => resolve(true))),
    gone.then(() => false),
  ]);
  clearTimeout(announce);
  signal.removeEventListener('abort', stop);
  if (signal.aborted) {
    holder.stdin.end();
    throw aborted(signal);
  }
  if (!held) throw new KafkaHaError('local-cluster-failed', `cannot lock ${file}`);
  return {
    async release() {
      holder.stdin.end();
      await gone;
    },
  };
}

/** Does the work while holding the lock. */
export async function withLock<Result>(
  file: string,
  busy: string,
  context: StepContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = await takeLock(file, busy, context);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
