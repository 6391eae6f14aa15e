import { once } from 'node:events';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { WebSocket } from 'ws';
import { openTunnel, type TunnelOptions } from './open-tunnel.ts';
import { acceptWebSockets, aStatus, fakeApiServer, type FakeApiServer } from './testing/fake-api-server.ts';

const target = { namespace: 'kafka', pod: 'events-0', port: 9092 };
const data = 0;
const error = 1;

/** A kubelet's side of port-forward: it announces the port on both channels, then does what it is told. */
async function fakePod(behave: (socket: WebSocket, url: URL) => void): Promise<FakeApiServer> {
  const fake = await fakeApiServer();
  acceptWebSockets(fake, (socket, url) => {
    for (const channel of [data, error]) socket.send(Buffer.from([channel, 9092 & 255, 9092 >> 8]));
    behave(socket, url);
  });
  return fake;
}

function frame(channel: number, payload: string | Buffer): Buffer {
  return Buffer.concat([Buffer.of(channel), Buffer.from(payload)]);
}

const aCloseFrame = Buffer.from([0x88, 0x00]);

function rawSocketOf(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}

function open(fake: FakeApiServer, more: Partial<TunnelOptions> = {}) {
  return openTunnel(fake.kube, { ...target, ...more });
}

function echo(socket: WebSocket) {
  socket.on('message', (message: Buffer) => socket.send(message));
}

describe('openTunnel', () => {
  test('bytes go both ways, those written before it is open included', async () => {
    const urls: string[] = [];
    await using fake = await fakePod((socket, url) => {
      urls.push(url.pathname + url.search);
      echo(socket);
    });
    const tunnel = open(fake);
    tunnel.write('early ');
    await once(tunnel, 'connect');
    tunnel.write('late');
    let got = '';
    for await (const chunk of tunnel) if ((got += String(chunk)) === 'early late') break;
    expect(got).toBe('early late');
    expect(urls).toEqual(['/api/v1/namespaces/kafka/pods/events-0/portforward?ports=9092']);
  });

  test('when the pod closes, the reader gets all that was sent and then the end', async () => {
    await using fake = await fakePod((socket) => {
      socket.send(frame(data, 'last '));
      socket.send(frame(data, 'words'));
      socket.close();
    });
    const tunnel = open(fake);
    expect((await buffer(tunnel)).toString()).toBe('last words');
    expect(tunnel.destroyed).toBe(true);
  });

  test('when the pod closes and nobody reads, it is closed all the same', async () => {
    await using fake = await fakePod((socket) => socket.close());
    await once(open(fake), 'close');
  });

  test('ending it closes the WebSocket properly, after what was written', async () => {
    const got: string[] = [];
    let closed: Promise<unknown[]> | undefined;
    await using fake = await fakePod((socket) => {
      socket.on('message', (message: Buffer) => got.push(message.subarray(1).toString()));
      closed = once(socket, 'close');
    });
    const tunnel = open(fake);
    tunnel.end('bye');
    await once(tunnel, 'close');
    expect(got).toEqual(['bye']);
    expect((await closed)?.[0]).not.toBe(1006);
  });

  test('destroying it cuts the WebSocket', async () => {
    let closed: Promise<unknown[]> | undefined;
    await using fake = await fakePod((socket) => void (closed = once(socket, 'close')));
    const tunnel = open(fake);
    await once(tunnel, 'connect');
    tunnel.destroy();
    expect((await closed)?.[0]).toBe(1006);
  });

  test('what the kubelet reports is the error', async () => {
    const report =
      'error forwarding port 9092 to pod 4711: dial tcp4 127.0.0.1:9092: connect: connection refused IPv6: no';
    await using fake = await fakePod((socket) => socket.send(frame(error, report)));
    await expect(buffer(open(fake))).rejects.toMatchObject({
      code: 'kubernetes-refused',
      message: 'Cannot connect to port 9092 of pod kafka/events-0: connection refused.',
      details: [report],
    });
  });

  test('a connection that is cut on the way is an error, not an end', async () => {
    await using fake = await fakePod((socket) => {
      socket.send(frame(data, 'half a mess'));
      setTimeout(() => socket.terminate(), 20);
    });
    await expect(buffer(open(fake))).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
      message: 'The connection to port 9092 of pod kafka/events-0 broke: it was cut off on the way.',
    });
  });

  test('a frame that is no WebSocket frame is an error, not a crash', async () => {
    await using fake = await fakePod((socket) => {
      rawSocketOf(socket).write(Buffer.from([0xff, 0xff, 0xff]));
    });
    await expect(buffer(open(fake))).rejects.toMatchObject({ code: 'kubernetes-unreachable' });
  });

  test('a pod that is not there is named', async () => {
    await using fake = await fakeApiServer();
    fake.server.on('upgrade', (_request, stream) => {
      const { json } = aStatus(404, 'pods "events-0" not found') as { json: unknown };
      const body = JSON.stringify(json);
      stream.end(`HTTP/1.1 404 Not Found\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    });
    await expect(buffer(open(fake))).rejects.toMatchObject({
      code: 'not-found',
      message: 'Cannot connect to port 9092 of pod kafka/events-0: pods "events-0" not found.',
    });
  });

  test('an API server that does not answer is given up', async () => {
    await using fake = await fakeApiServer();
    fake.server.on('upgrade', () => undefined);
    await expect(buffer(open(fake, { timeoutMs: 50 }))).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
    });
  });

  test.each(['while it opens', 'when it is open'])('the signal destroys it %s', async (moment) => {
    const controller = new AbortController();
    await using fake = await fakePod(echo);
    const tunnel = open(fake, { signal: controller.signal });
    const ended = buffer(tunnel);
    if (moment === 'when it is open') await once(tunnel, 'connect');
    controller.abort();
    await expect(ended).rejects.toMatchObject({ code: 'aborted' });
  });

  test('destroyed while it opens, it closes without an error and leaves nothing open', async () => {
    await using fake = await fakeApiServer();
    fake.server.on('upgrade', () => undefined);
    const tunnel = open(fake);
    await delay(50);
    tunnel.destroy();
    await once(tunnel, 'close');
    expect(tunnel.errored).toBeNull();
  });

  test('writing to a pod that has closed is an error that names it', async () => {
    await using fake = await fakePod((socket) => {
      const raw = rawSocketOf(socket);
      raw.pause();
      raw.write(aCloseFrame);
    });
    const tunnel = open(fake);
    await once(tunnel, 'connect');
    await delay(50);
    tunnel.write('too late');
    const [reason] = (await once(tunnel, 'error')) as [unknown];
    expect(reason).toMatchObject({
      code: 'kubernetes-unreachable',
      message: 'The connection to port 9092 of pod kafka/events-0 broke: the other side closed it.',
    });
  });

  /** Linux lets the buffers of a connection grow to 4 and 6 MB (tcp_wmem, tcp_rmem). */
  const moreThanKernelsBuffer = 20_000_000;

  test('a pod that does not read makes writing wait', async () => {
    let pod: WebSocket | undefined;
    let received = 0;
    await using fake = await fakePod((socket) => {
      pod = socket;
      socket.on('message', (message: Buffer) => (received += message.length - 1));
      socket.pause();
    });
    const tunnel = open(fake);
    await once(tunnel, 'connect');
    const chunk = Buffer.alloc(1_000_000);
    let accepted = 0;
    for (let i = 0; i < moreThanKernelsBuffer; i += chunk.length)
      tunnel.write(chunk, () => (accepted += chunk.length));
    await delay(200);
    expect(accepted).toBeLessThan(moreThanKernelsBuffer);
    expect(tunnel.writableNeedDrain).toBe(true);
    pod?.resume();
    await once(tunnel, 'drain');
    expect(accepted).toBe(moreThanKernelsBuffer);
    tunnel.end();
    await once(tunnel, 'close');
    expect(received).toBe(moreThanKernelsBuffer);
  }, 20_000);

  test('a reader that does not read makes the pod wait', async () => {
    let pod: WebSocket | undefined;
    await using fake = await fakePod((socket) => {
      pod = socket;
      for (let i = 0; i < moreThanKernelsBuffer; i += 100_000)
        socket.send(frame(data, Buffer.alloc(100_000)));
    });
    const tunnel = open(fake);
    await once(tunnel, 'readable');
    await delay(200);
    expect(tunnel.readableLength).toBeLessThan(1_000_000);
    expect(pod?.bufferedAmount).toBeGreaterThan(0);
    let received = 0;
    for await (const chunk of tunnel)
      if ((received += (chunk as Buffer).length) === moreThanKernelsBuffer) break;
    expect(received).toBe(moreThanKernelsBuffer);
  }, 20_000);
});
