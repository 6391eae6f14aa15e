import { acceptWebSockets, type FakeApiServer } from '@kafka-ha/kube/testing';
import { controllerId } from '@kafka-ha/manifests';
import type { FakeKraft } from './kraft-nodes.ts';

/** Lets port-forwards to the pods of brokers and controllers be answered by those in memory. */
export function answerAsKraft(fake: FakeApiServer, { cluster }: FakeKraft): void {
  acceptWebSockets(fake, (socket, { pathname, searchParams }) => {
    const [, component, ordinal] = /-(kafka|controller)-(\d+)\/portforward$/.exec(pathname) ?? [];
    const id = component === 'controller' ? controllerId(Number(ordinal)) : Number(ordinal);
    const port = Number(searchParams.get('ports'));
    const node = cluster.dial({ host: `kafka-${id}`, port });
    for (const channel of [data, error]) socket.send(Buffer.from([channel, port & 255, port >> 8]));
    node.on('error', () => socket.terminate());
    node.on('data', (bytes: Buffer) => socket.send(Buffer.concat([Buffer.of(data), bytes])));
    node.on('end', () => socket.close());
    socket.on('message', (message: Buffer) => node.write(message.subarray(1)));
    socket.on('close', () => node.destroy());
  });
}

const data = 0;
const error = 1;
