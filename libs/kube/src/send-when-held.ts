import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Fence } from './open-kube.ts';

/**
 * Sends a request that has not left yet, as soon as its connection stands and the fence lets it: no handshake and no
 * queue comes between the two. Where the fence throws, the request is destroyed with that error.
 */
export async function sendWhenHeld(request: ClientRequest, fence: Fence, send: () => void): Promise<void> {
  await connected(request);
  try {
    await fence();
  } catch (error) {
    request.destroy(error as Error);
    return;
  }
  if (!request.destroyed) send();
}

/** Never settles where there will be no connection: the request tells its error by itself. */
function connected(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    request.once('socket', (socket: Socket & { secureConnecting?: boolean }) => {
      if (socket.secureConnecting) socket.once('secureConnect', () => resolve());
      else if (socket.connecting) socket.once('connect', () => resolve());
      else resolve();
    });
  });
}
