/**
 * Who keeps Kafka's metadata, in the order of the way from ZooKeeper to KRaft. `migrating`: the brokers still use ZooKeeper, and the
 * controllers copy it and take over; `dual-write`: the brokers use the controllers, who write all to ZooKeeper as well.
 */
export const modes = ['zookeeper', 'migrating', 'dual-write', 'kraft'] as const;

export type Mode = (typeof modes)[number];

export function hasZookeeper(mode: Mode): boolean {
  return mode !== 'kraft';
}

export function hasControllers(mode: Mode): boolean {
  return mode !== 'zookeeper';
}

/** Whether a cluster has both, between the two that are for good. */
export function isMigrating(mode: Mode): mode is 'migrating' | 'dual-write' {
  return hasZookeeper(mode) && hasControllers(mode);
}

/** Whether a broker registers with ZooKeeper; else with the controllers. */
export function brokersUseZookeeper(mode: Mode): boolean {
  return mode === 'zookeeper' || mode === 'migrating';
}

/** The protocol of the brokers that leave ZooKeeper, and the metadata of the controllers that they go to. */
export const migratedRelease = '3.9';
