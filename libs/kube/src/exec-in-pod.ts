import { abortedError, isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';
import type { WebSocket } from 'ws';
import type { Fence, Kube } from './open-kube.ts';
import { fenceOf, type FencedKube } from './fence.ts';
import { maybeDone } from './maybe-done.ts';
import { openWebSocket } from './open-web-socket.ts';
import type { Status } from './refusal.ts';
import { unreachable } from './unreachable.ts';

export type ExecOptions = {
  namespace: string;
  pod: string;
  container: string;
  /** The program and its arguments; there is no shell unless it is one. */
  command: readonly string[];
  stdin?: string | Buffer;
  timeoutMs: number;
  /** Of standard output and standard error together. */
  maxOutputBytes?: number;
  signal?: AbortSignal;
};

export type ExecResult = { exitCode: number; stdout: string; stderr: string };

/** Channels of remote command streaming, the first byte of each message. */
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;

const openWithinMs = 10_000;
const stdinChunkBytes = 64 * 1024;

/**
 * Runs a command that may change something in a container. A command that fails is a result, not an error. On a timeout or
 * an abort the connection is closed, which does not stop the command.
 *
 * @throws KafkaHaError `deadline-exceeded`, `aborted`, `not-found`, `kubernetes-refused` where it could not be started,
 *   `kubernetes-unreachable` where the connection broke before it ended, `internal` where it wrote more than allowed, and
 *   what the fence says.
 */
export async function execInPod(kube: FencedKube, options: ExecOptions): Promise<ExecResult> {
  return run(kube, options, fenceOf(kube, whatItDoes(options)));
}

/** As `execInPod`, for a command that only reads: no fence is asked. */
export function readInPod(kube: Kube, options: ExecOptions): Promise<ExecResult> {
  return run(kube, options, undefined);
}

async function run(kube: Kube, options: ExecOptions, fence: Fence | undefined): Promise<ExecResult> {
  const { namespace, pod, container, command, stdin, timeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  const what = whatItDoes(options);
  let sent = false;
  try {
    const socket = await openWebSocket(kube, {
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`,
      query: { container, command, stdin: stdin !== undefined, stdout: true, stderr: true },
      // Only v5 can close standard input, without which a reader of it never ends.
      protocols: stdin === undefined ? ['v5.channel.k8s.io', 'v4.channel.k8s.io'] : ['v5.channel.k8s.io'],
      what,
      timeoutMs: Math.min(openWithinMs, timeoutMs),
      signal,
      fence,
      onSent: () => (sent = true),
    });
    try {
      return await converse(socket, { ...options, signal, what, kube });
    } finally {
      socket.close();
    }
  } catch (error) {
    if (options.signal?.aborted)
      throw sent && fence !== undefined && isKafkaHaError(error) ? maybeDone(error, what) : error;
    if (!timeout.aborted) throw error;
    throw new KafkaHaError('deadline-exceeded', `Waited ${timeoutMs / 1000} s to ${what}.`);
  }
}

function whatItDoes({ namespace, pod, command }: ExecOptions): string {
  return `run ${command[0]} in pod ${namespace}/${pod}`;
}

type Conversation = ExecOptions & { signal: AbortSignal; what: string; kube: Kube };

async function converse(socket: WebSocket, options: Conversation): Promise<ExecResult> {
  const { kube, what, signal, stdin, maxOutputBytes = 16 * 1024 * 1024 } = options;
  const output: { channel: number; bytes: Buffer }[] = [];
  let length = 0;
  const status = await new Promise<Status>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const channel = data[0] as number;
      const bytes = data.subarray(1);
      if (channel === channels.status) return resolve(JSON.parse(bytes.toString()) as Status);
      output.push({ channel, bytes });
      length += bytes.length;
      if (length > maxOutputBytes)
        reject(new KafkaHaError('internal', `More than ${maxOutputBytes} bytes of output came to ${what}.`));
    });
    socket.on('error', (error) => reject(unreachable(kube, what, messageOf(error), error)));
    socket.on('close', () => reject(unreachable(kube, what, 'the connection closed before the end')));
    signal.addEventListener('abort', () => reject(abortedError(signal)), { once: true });
    if (signal.aborted) reject(abortedError(signal));
    socket.resume();
    if (stdin !== undefined) sendStdin(socket, Buffer.from(stdin));
  });
  const textOf = (wanted: number) =>
    Buffer.concat(output.filter(({ channel }) => channel === wanted).map(({ bytes }) => bytes)).toString();
  return {
    exitCode: exitCodeOf(status, what),
    stdout: textOf(channels.stdout),
    stderr: textOf(channels.stderr),
  };
}

function sendStdin(socket: WebSocket, stdin: Buffer): void {
  for (let from = 0; from < stdin.length; from += stdinChunkBytes)
    socket.send(Buffer.concat([Buffer.of(channels.stdin), stdin.subarray(from, from + stdinChunkBytes)]));
  socket.send(Buffer.of(channels.close, channels.stdin));
}

function exitCodeOf(status: Status, what: string): number {
  if (status.status === 'Success') return 0;
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (code !== undefined) return Number(code);
  const told = (status.message ?? 'no reason given').trim().replace(/\s+/g, ' ');
  // The runtime's own words come last, behind four layers of wrapping.
  const reason = /unable to start container process: (.*?)(?:: unknown)?$/.exec(told)?.[1] ?? told;
  throw new KafkaHaError('kubernetes-refused', `Cannot ${what}: ${reason}.`);
}
