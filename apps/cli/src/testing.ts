import { spawn } from 'node:child_process';

export type CommandResult = { exitCode: number | null; stdout: string; stderr: string; tookMs: number };

const bin = new URL('../bin/kafka-ha.mjs', import.meta.url).pathname;

/** Runs the tool as a user does: as a process of its own. `onOutput` may send it a signal when it has said something. */
export function runKafkaHa(
  args: readonly string[],
  options: {
    env?: Record<string, string>;
    onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const env = { ...process.env, NODE_OPTIONS: '', ...options.env };
    const child = spawn(process.execPath, [bin, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      options.onOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ exitCode, stdout, stderr, tookMs: performance.now() - started }),
    );
  });
}
