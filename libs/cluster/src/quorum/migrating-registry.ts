import type { Registry } from '@kafka-ha/kafka';
import { ordinalOfController } from '@kafka-ha/manifests';

/**
 * Kafka's registry while its brokers use ZooKeeper and controllers take over from it. ZooKeeper says who is in office: a broker as
 * ever, or a controller, whose word it is from then on.
 */
export function migratingRegistry(zookeeper: Registry, controllers: Registry): Registry {
  async function inOffice(): Promise<Registry> {
    const holder = await zookeeper.controller();
    return holder !== null && ordinalOfController(holder.id) !== undefined ? controllers : zookeeper;
  }
  return {
    controllerIsBroker: false,
    controller: async () => await (await inOffice()).controller(),
    spokesman: async (options) => await (await inOffice()).spokesman(options),
    brokerIds: async () => await (await inOffice()).brokerIds(),
    assignment: async (topic) => await (await inOffice()).assignment(topic),
    close: () => {
      zookeeper.close();
      controllers.close();
    },
  };
}
