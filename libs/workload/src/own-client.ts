import { consume } from './consumer-group.ts';
import { formGroup, groupName, type Client } from './form-group.ts';
import { Batcher } from './kafka/batcher.ts';
import { PartitionProducer } from './kafka/producer.ts';
import { ProducerIds } from './kafka/producer-ids.ts';
import { connect, consumerRoles, type OpenClient } from './load-client.ts';
import type { Settings } from './settings.ts';

/** This project's own client, whose every attempt is known. */
export const openOwn: OpenClient = async (settings, { routes, connections }, deadline) => {
  const ids = settings.idempotent ? new ProducerIds(routes, connections) : undefined;
  const batcher = new Batcher(settings.topic, connections);
  const producers = Array.from({ length: routes.partitions }, (_, partition) => {
    return new PartitionProducer(partition, { routes, connections, batcher, ids });
  });
  const clients = consumerRoles(settings).map((role) => connect(settings, role));
  const close = async () => {
    for (const client of clients) client.connections.closeAll();
  };
  try {
    await Promise.all(producers.map((producer) => producer.warmUp()));
    // At last: a member that is given up keeps its partitions until its session ends.
    const members = await joined(settings, clients, deadline);
    return {
      name: 'own',
      write: (partition, values, signal) => {
        const producer = producers[partition];
        if (!producer) throw new Error(`no producer for partition ${partition}`);
        return producer.write(values, signal);
      },
      consume: (options) => (members.length === 0 ? null : consume(members, options)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

async function joined({ run, coordinator }: Settings, clients: readonly Client[], deadline: AbortSignal) {
  const [first] = clients;
  if (!first) return [];
  await Promise.all(clients.map(({ routes }) => routes.refresh()));
  return formGroup(await groupName(run, coordinator, first), clients, deadline);
}
