import { setTimeout as sleep } from 'node:timers/promises';
import { groupName } from '../form-group.ts';
import { consumerRoles, type OpenClient } from '../load-client.ts';
import { consumeWithLibrary } from '../library-group.ts';
import { formKafkajsGroup } from './consumers.ts';
import { kafkajsOf, openKafkajsProducer } from './producer.ts';

/** kafkajs by its public API, set as the documentation has applications set it. */
export const openKafkajs: OpenClient = async (settings, shared, deadline) => {
  const { topic, run, coordinator } = settings;
  const roles = consumerRoles(settings);
  const group = roles.length === 0 ? null : await groupName(run, coordinator, shared);
  const producer = await openKafkajsProducer(kafkajsOf(settings, 'writer'), settings);
  // At last: a member that is given up keeps its partitions until its session ends.
  const kafkas = roles.map((role) => kafkajsOf(settings, role));
  const of = { topic, partitions: shared.routes.partitions };
  const members = group === null ? [] : await formKafkajsGroup(group, kafkas, of, deadline);
  return {
    name: 'kafkajs',
    write: producer.write,
    consume: (options) => (group === null ? null : consumeWithLibrary(group, members, shared, options)),
    // It tries for as long to disconnect as it does to write, and the process ends anyway.
    close: () => Promise.race([producer.close(), sleep(5_000)]),
  };
};
