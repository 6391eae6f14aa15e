import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import type { WebSocket } from 'ws';
import { execInPod, type ExecOptions } from './exec-in-pod.ts';
import { acceptWebSockets, fakeApiServer } from './testing/fake-api-server.ts';

const aCommand: ExecOptions = {
  namespace: 'kafka',
  pod: 'events-0',
  container: 'kafka',
  command: ['kafka-topics.sh', '--list'],
  timeoutMs: 2000,
};

const failure = (exitCode: string) => ({
  status: 'Failure',
  details: { causes: [{ reason: 'ExitCode', message: exitCode }] },
});

function sendStatus(socket: WebSocket, status: unknown) {
  socket.send(Buffer.concat([Buffer.of(3), Buffer.from(JSON.stringify(status))]));
}

async function exec(behave: (socket: WebSocket, url: URL) => void, more: Partial<ExecOptions> = {}) {
  await using fake = await fakeApiServer();
  acceptWebSockets(fake, behave);
  return await execInPod(fake.kube, { ...aCommand, ...more });
}

describe('execInPod', () => {
  test('the command and the container are asked for as they are', async () => {
    let asked = '';
    const result = await exec((socket, url) => {
      asked = url.pathname + url.search;
      sendStatus(socket, { status: 'Success' });
    });
    expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(asked).toBe(
      '/api/v1/namespaces/kafka/pods/events-0/exec?container=kafka&command=kafka-topics.sh&command=--list&stdin=false&stdout=true&stderr=true',
    );
  });

  test('output that comes in pieces is put together, a character cut in two included', async () => {
    const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
    const { stdout, stderr, exitCode } = await exec((socket) => {
      socket.send(Buffer.concat([Buffer.of(1), first]));
      socket.send(Buffer.concat([Buffer.of(2), Buffer.from('oops')]));
      socket.send(Buffer.concat([Buffer.of(1), second]));
      sendStatus(socket, failure('3'));
    });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: 'é', stderr: 'oops', exitCode: 3 });
  });

  test('standard input is sent and closed, for which the fifth version of the protocol is asked for', async () => {
    const got: number[][] = [];
    let protocol = '';
    await exec(
      (socket) => {
        protocol = socket.protocol;
        socket.on('message', (message: Buffer) => {
          got.push([...message]);
          if (message[0] === 255) sendStatus(socket, { status: 'Success' });
        });
      },
      { stdin: 'hi' },
    );
    expect({ got, protocol }).toEqual({
      got: [
        [0, 104, 105],
        [255, 0],
      ],
      protocol: 'v5.channel.k8s.io',
    });
  });

  test('a connection that closes before the command ends is an error', async () => {
    await expect(exec((socket) => socket.close())).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
      message: expect.stringContaining(
        'to run kafka-topics.sh in pod kafka/events-0: the connection closed before the end',
      ),
    });
  });

  test('a command that cannot be started is told in the words of the runtime', async () => {
    const message =
      'Internal error occurred: failed to exec in container: OCI runtime exec failed: exec failed: unable to start container process: exec: "kafka-topics.sh": executable file not found in $PATH: unknown';
    await expect(exec((socket) => sendStatus(socket, { status: 'Failure', message }))).rejects.toMatchObject({
      code: 'kubernetes-refused',
      message:
        'Cannot run kafka-topics.sh in pod kafka/events-0: exec: "kafka-topics.sh": executable file not found in $PATH.',
    });
  });

  test('a command that takes too long is given up, and its connection closed', async () => {
    let closed: Promise<unknown> | undefined;
    const pending = exec((socket) => void (closed = once(socket, 'close')), { timeoutMs: 50 });
    await expect(pending).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: 'Waited 0.05 s to run kafka-topics.sh in pod kafka/events-0.',
    });
    await closed;
  });

  test('it stops on the signal', async () => {
    const controller = new AbortController();
    const pending = exec(() => controller.abort(), { signal: controller.signal });
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
  });

  test('more output than allowed is an error', async () => {
    const flood = (socket: WebSocket) => socket.send(Buffer.alloc(2000, 1));
    await expect(exec(flood, { maxOutputBytes: 1000 })).rejects.toMatchObject({ code: 'internal' });
  });
});
