import { messageOf } from '@kafka-ha/base';
import type { ZooKeeperServer } from '@kafka-ha/health';
import { readServer, type ServerState } from '@kafka-ha/zookeeper';
import { dialZookeeper, zookeeperAddresses, type Cluster } from '../connect.ts';

const answerWithinMs = 5_000;

/** Each ZooKeeper server's own word on itself; one that gives none is unreachable, with the reason. */
export async function readZookeeper(cluster: Cluster, signal: AbortSignal): Promise<ZooKeeperServer[]> {
  const dial = dialZookeeper(cluster);
  return await Promise.all(
    zookeeperAddresses(cluster).map(async (address, ordinal): Promise<ZooKeeperServer> => {
      try {
        return toServer(ordinal, await readServer(dial, address, { timeoutMs: answerWithinMs, signal }));
      } catch (error) {
        return { ordinal, mode: 'unreachable', reason: messageOf(error) };
      }
    }),
  );
}

function toServer(ordinal: number, server: ServerState): ZooKeeperServer {
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
