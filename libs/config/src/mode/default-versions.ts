import type { Mode } from './mode.ts';

/** The newest that has ZooKeeper, and the least from which a cluster can leave it. */
const withZookeeper = '3.9.2';

/**
 * What runs where the file names no version. Of Kafka 4 the newest that is known here: its drills and its figures are this
 * project's own. 4.2.2 and 4.4.0 alone have the end of a leak by which every controller kept its read buffers for ever.
 */
export const defaultKafka: Readonly<Record<Mode, string>> = {
  zookeeper: withZookeeper,
  migrating: withZookeeper,
  'dual-write': withZookeeper,
  kraft: '4.4.0',
};

export const defaultZookeeper = '3.9.5';

/**
 * The Node.js of the official image in which the load of a drill runs where the file names none. A local cluster has it under the
 * same name.
 */
export const workloadNode = '24.22.3';
