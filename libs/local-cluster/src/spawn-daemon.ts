import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { KafkaHaError } from '@kafka-ha/base';

/**
 * Starts a program that outlives this one, its output appended to a log. It gets none of our environment but the path,
 * so that no secret of a CI context ends up in a node. Returns its process id.
 */
export function spawnDaemon(
  command: readonly [string, ...string[]],
  { env, log }: { env: Record<string, string>; log: string },
): number {
  const [file, ...args] = command;
  const output = openSync(log, 'a');
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
    cwd: '/',
  });
  closeSync(output);
  child.on('error', () => undefined); // without a pid, as the caller sees
  child.unref();
  if (child.pid === undefined) throw new KafkaHaError('local-cluster-failed', `${file} did not start`);
  return child.pid;
}
