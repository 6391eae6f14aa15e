import type { Assignment, Controller, Registry } from '@kafka-ha/kafka';
import { zookeeperChroot } from '@kafka-ha/manifests';
import { openSessionSoon, type Address, type Dial, type ZooKeeperSession } from '@kafka-ha/zookeeper';
import type { Cluster } from '../cluster.ts';
import { dialZookeeper, zookeeperAddresses } from './zookeeper-addresses.ts';

const answerWithinMs = 3_000;

/**
 * Kafka's registry as ZooKeeper has it, over one session that is opened when it is first needed. Only a server that has
 * caught up with its leader is believed, so one that has lost its quorum is not.
 */
export function zookeeperRegistry(cluster: Cluster): Registry {
  return zookeeperRegistryBy(dialZookeeper(cluster), zookeeperAddresses(cluster), cluster.signal);
}

/** The same by any way to the servers. */
export function zookeeperRegistryBy(dial: Dial, servers: readonly Address[], signal: AbortSignal): Registry {
  const closed = new AbortController();
  const until = AbortSignal.any([signal, closed.signal]);
  let opening: Promise<ZooKeeperSession> | undefined;
  const open = () =>
    openSessionSoon(dial, servers, {
      signal: until,
      timeoutMs: answerWithinMs,
    });

  async function attempt<T>(read: (session: ZooKeeperSession) => Promise<T>): Promise<T> {
    const mine = (opening ??= open());
    try {
      const session = await mine;
      const [, value] = await Promise.all([session.sync(zookeeperChroot), read(session)]);
      return value;
    } catch (error) {
      if (opening === mine) opening = undefined;
      mine.then((session) => session.close()).catch(() => undefined);
      throw error;
    }
  }

  /** A session that has ended meanwhile is no reason: the next one is asked. */
  async function read<T>(what: (session: ZooKeeperSession) => Promise<T>): Promise<T> {
    const isFirst = opening === undefined;
    try {
      return await attempt(what);
    } catch (error) {
      if (isFirst || until.aborted) throw error;
      return await attempt(what);
    }
  }

  return {
    controllerIsBroker: true,
    controller: () => read(readController),
    spokesman: async () => {
      const controller = await read(readController);
      return controller && { ...controller, brokerId: controller.id };
    },
    brokerIds: () => read(readBrokerIds),
    assignment: (topic) => read((session) => readAssignment(session, topic)),
    close: () => {
      const last = opening;
      opening = undefined;
      const end = () => closed.abort();
      // It tells the server, which would keep the session for seconds otherwise.
      if (last === undefined) end();
      else void last.then((session) => session.close()).then(end, end);
    },
  };
}

async function readController(session: ZooKeeperSession): Promise<Controller | null> {
  const node = await session.getData(`${zookeeperChroot}/controller`);
  if (node === null) return null;
  const { brokerid } = JSON.parse(node.data.toString()) as { brokerid: number };
  // Who is elected makes this node, which goes with its session: the transaction that made it is the term.
  return { id: brokerid, term: String(node.stat.czxid) };
}

async function readBrokerIds(session: ZooKeeperSession): Promise<number[]> {
  const ids = await session.getChildren(`${zookeeperChroot}/brokers/ids`);
  return (ids ?? []).map(Number).sort((a, b) => a - b);
}

async function readAssignment(session: ZooKeeperSession, topic: string): Promise<Assignment | null> {
  const node = await session.getData(`${zookeeperChroot}/brokers/topics/${topic}`);
  if (node === null) return null;
  const { topic_id: topicId = '', partitions } = JSON.parse(node.data.toString()) as {
    topic_id?: string;
    partitions: Record<string, number[]>;
  };
  return {
    topicId,
    partitions: new Map(
      Object.entries(partitions).map(([partition, replicas]) => [Number(partition), replicas]),
    ),
  };
}
