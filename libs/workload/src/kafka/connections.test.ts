import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { Connections } from './connections.ts';

const closed = { name: 'NoAnswer', message: 'closed', arrived: false };

describe('Connections', () => {
  test('once they are closed none is opened, also not for one who waits for it', async () => {
    await using broker = await aBroker();
    const connections = new Connections({
      clientId: 'test',
      connectTimeoutMs: 2_000,
      requestTimeoutMs: 10_000,
    });
    await connections.open('read', broker.address);
    const waiting = connections.open('write', broker.address);
    connections.closeAll();
    await expect(waiting).rejects.toMatchObject(closed);
    await expect(connections.open('ask', broker.address)).rejects.toMatchObject(closed);
    await broker.leftAlone();
  });
});

async function aBroker() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Until every connection has been closed from the other side. */
    leftAlone: async () => {
      for (const socket of sockets) if (!socket.closed) await once(socket, 'close');
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
