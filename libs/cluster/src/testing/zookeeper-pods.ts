import { acceptWebSockets, type FakeApiServer } from '@kafka-ha/kube/testing';

/** What a server says of itself; one that is `away` takes no connection. */
export type Said = { mode: 'leader'; synced: number } | { mode: 'follower' | 'looking' | 'away' };

/** Lets port-forwards to the pods of ZooKeeper servers be answered with what each says at that moment. */
export function answerAsZookeeper(fake: FakeApiServer, saidBy: (pod: string) => Said): void {
  acceptWebSockets(fake, (socket, { pathname }) => {
    const said = saidBy(pathname.split('/').at(-2) ?? '');
    if (said.mode === 'away') return socket.terminate();
    for (const channel of [data, error]) socket.send(Buffer.from([channel, 2181 & 255, 2181 >> 8]));
    socket.on('message', (message: Buffer) => {
      const word = message.subarray(1).toString();
      socket.send(Buffer.concat([Buffer.of(data), Buffer.from(word === 'srvr' ? srvr(said) : mntr(said))]));
      socket.close();
    });
  });
}

const data = 0;
const error = 1;
const notServing = 'This ZooKeeper instance is not currently serving requests\n';

function srvr({ mode }: Said): string {
  return mode === 'looking' ? notServing : `Zookeeper version: 3.9.5-x\nZxid: 0x1\nMode: ${mode}\n`;
}

function mntr(said: Said): string {
  if (said.mode === 'looking') return notServing;
  return `zk_version\t3.9.5\n${said.mode === 'leader' ? `zk_synced_followers\t${said.synced}\n` : ''}`;
}
