import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Connection, NoAnswer } from './connection.ts';
import type { Request } from './requests.ts';

const servers: net.Server[] = [];
const sockets: net.Socket[] = [];

describe('Connection', () => {
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  test('answers find their requests, in whatever pieces they come', async () => {
    const connection = await connectTo(async (socket, id) => {
      const answer = frame(id, `answer ${id}`);
      socket.write(answer.subarray(0, 10));
      await sleep(20);
      socket.write(answer.subarray(10));
    });
    expect([await connection.send(ask, 1000), await connection.send(ask, 1000)]).toEqual([
      'answer 1',
      'answer 2',
    ]);
  });

  test('several answers in one piece are told apart', async () => {
    const waiting: number[] = [];
    const connection = await connectTo((socket, id) => {
      waiting.push(id);
      if (waiting.length === 3)
        socket.write(Buffer.concat(waiting.map((each) => frame(each, `answer ${each}`))));
    });
    const answers = await Promise.all([1, 2, 3].map(() => connection.send(ask, 1000)));
    expect(answers).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  test('a request without an answer breaks the connection, with all that wait on it', async () => {
    const connection = await connectTo(() => undefined);
    const [first, second] = [connection.send(ask, 30), connection.send(ask, 5000)];
    await expect(first).rejects.toMatchObject({ message: 'no answer to Test within 30 ms', arrived: true });
    await expect(second).rejects.toMatchObject({ name: 'NoAnswer', arrived: true });
    expect(connection.broken).toBe(true);
  });

  test('a broker that closes the connection may have read the request', async () => {
    const connection = await connectTo((socket) => socket.destroy());
    await expect(connection.send(ask, 1000)).rejects.toMatchObject({ name: 'NoAnswer', arrived: true });
  });

  test('what answers with less than the name of a request is no broker', async () => {
    for (const length of [0, 3, -1]) {
      const bytes = Buffer.alloc(8);
      bytes.writeInt32BE(length);
      const connection = await connectTo((socket) => socket.write(bytes));
      const message = 'the server there is not a Kafka broker';
      await expect(connection.send(ask, 1000)).rejects.toMatchObject({ message, arrived: true });
    }
  });

  test('a broken connection carries nothing any more', async () => {
    const connection = await connectTo(() => undefined);
    connection.close();
    await expect(connection.send(ask, 1000)).rejects.toMatchObject({ name: 'NoAnswer', arrived: false });
  });

  test('where nobody listens, nothing arrived', async () => {
    const unused = await listen(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const opening = Connection.open(unused, { clientId: 'test', timeoutMs: 1000 });
    await expect(opening).rejects.toMatchObject({ name: 'NoAnswer', arrived: false });
    await expect(opening).rejects.toBeInstanceOf(NoAnswer);
  });

  const ask: Request<string> = {
    api: 'Test',
    encode: (correlationId) => frame(correlationId, ''),
    decode: (data) => data.toString(),
  };

  function frame(id: number, text: string): Buffer {
    const head = Buffer.alloc(8);
    head.writeInt32BE(4 + text.length, 0);
    head.writeInt32BE(id, 4);
    return Buffer.concat([head, Buffer.from(text)]);
  }

  async function connectTo(onRequest: (socket: net.Socket, id: number) => unknown): Promise<Connection> {
    const address = await listen((socket) => {
      let received = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        for (; received.length >= 8; received = received.subarray(8))
          onRequest(socket, received.readInt32BE(4));
      });
    });
    return Connection.open(address, { clientId: 'test', timeoutMs: 1000 });
  }

  /** On the loopback interface. */
  async function listen(onConnection: (socket: net.Socket) => void): Promise<string> {
    const server = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      onConnection(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  }
});
