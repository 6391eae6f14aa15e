import { messageOf } from '@kafka-ha/base';
import type { QuorumServer } from '@kafka-ha/health';
import { readServer, type Address, type Dial, type ServerState } from '@kafka-ha/zookeeper';
import type { Cluster } from '../cluster.ts';
import type { ReadServersOptions } from './quorum-port.ts';
import { dialZookeeper, zookeeperAddresses } from './zookeeper-addresses.ts';

const usualAnswerWithinMs = 5_000;

/** Each ZooKeeper server's own word on itself; one that gives none is unreachable, with the reason. */
export async function readZookeeper(
  cluster: Cluster,
  options: ReadServersOptions = {},
): Promise<QuorumServer[]> {
  const { signal } = cluster;
  return await readZookeeperBy(dialZookeeper(cluster), zookeeperAddresses(cluster), { ...options, signal });
}

/** The same by any way to the servers. */
export async function readZookeeperBy(
  dial: Dial,
  servers: readonly Address[],
  { ordinals, answerWithinMs = usualAnswerWithinMs, signal }: ReadServersOptions & { signal: AbortSignal },
): Promise<QuorumServer[]> {
  const all = [...servers.entries()];
  const asked = all.filter(([ordinal]) => ordinals?.includes(ordinal) ?? true);
  return await Promise.all(
    asked.map(async ([ordinal, address]): Promise<QuorumServer> => {
      try {
        return toServer(ordinal, await readServer(dial, address, { timeoutMs: answerWithinMs, signal }));
      } catch (error) {
        return { ordinal, mode: 'unreachable', reason: messageOf(error) };
      }
    }),
  );
}

function toServer(ordinal: number, server: ServerState): QuorumServer {
  switch (server.mode) {
    case 'leader':
      return { ordinal, mode: server.mode, syncedFollowers: server.syncedFollowers, zxid: server.zxid };
    case 'follower':
    case 'standalone':
      return { ordinal, mode: server.mode, zxid: server.zxid };
    case 'observer':
      // It answers but votes in no quorum, so it does not count among the servers that the promise needs.
      return { ordinal, mode: 'looking', reason: 'it is an observer, which has no vote' };
    case 'looking':
      return { ordinal, mode: server.mode, reason: 'it runs without a quorum' };
    case 'unreachable':
      return { ordinal, mode: server.mode, reason: server.reason };
  }
}
