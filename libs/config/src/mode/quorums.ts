import { count } from '@kafka-ha/base';
import { GIB, MIB } from '../units/bytes.ts';
import { brokersUseZookeeper, hasControllers, hasZookeeper, type Mode } from './mode.ts';

/** What varies between the kinds of servers that keep the metadata, as far as the cluster file is concerned. */
type Quorum = {
  /** Whether a cluster has such servers. */
  isIn: (mode: Mode) => boolean;
  /** The mode in which they alone keep the metadata. */
  alone: Mode;
  /** The field of `placement` that keeps them apart from brokers. */
  separation: 'separateZookeeper' | 'separateControllers';
  words: {
    /** What they are called where their number is explained, and the number itself. */
    title: string;
    counted: (servers: number) => string;
    noun: string;
    needs: string;
    ownNodes: string;
  };
  /** Of the container's memory the heap has `share`, at most `mostBytes`; `leastMemory` is the least that a server runs in. */
  heap: {
    leastMemory: number;
    share: number;
    mostBytes: number;
    title: string;
    /** Follows its size. */
    why: string;
    /** Follows "too small for its heap". */
    beside: string;
  };
};

/** By their section of the cluster file, in the order of a roll. */
export const quorums = {
  zookeeper: {
    isIn: hasZookeeper,
    alone: 'zookeeper',
    separation: 'separateZookeeper',
    words: {
      title: 'ZooKeeper',
      counted: (servers) => count(servers, 'server'),
      noun: 'ZooKeeper servers',
      needs: 'ZooKeeper needs an odd number of servers',
      ownNodes: 'ZooKeeper has nodes of its own',
    },
    // 192 MiB of 384. It holds a few thousand small nodes; it must never swap.
    heap: {
      leastMemory: 256 * MIB,
      share: 1 / 2,
      mostBytes: GIB,
      title: 'ZooKeeper heap',
      why: '',
      beside: '',
    },
  },
  controllers: {
    isIn: hasControllers,
    alone: 'kraft',
    separation: 'separateControllers',
    words: {
      title: 'controllers',
      counted: String,
      noun: 'controllers',
      needs: 'KRaft needs an odd number of controllers',
      ownNodes: 'the controllers have nodes of their own',
    },
    // As a broker's: 192 MiB of 512. With that heap a controller has 178 to 197 MB resident in a cluster of five brokers; all
    // metadata is in it, twice while a snapshot is written.
    heap: {
      leastMemory: 384 * MIB,
      share: 3 / 8,
      mostBytes: 4 * GIB,
      title: "a controller's heap",
      why: ': all metadata is in it',
      beside: ' beside the memory that the JVM needs outside it',
    },
  },
} as const satisfies Record<string, Quorum>;

/** A section of the cluster file, and a field of its spec. */
export type QuorumSection = keyof typeof quorums;

export const quorumSections = Object.keys(quorums) as QuorumSection[];

/** Of those that keep the metadata in this mode those that the brokers go by. */
export function brokersQuorum(mode: Mode): QuorumSection {
  return brokersUseZookeeper(mode) ? 'zookeeper' : 'controllers';
}

/** Those that keep the metadata in this mode: both, in the middle of a migration. */
export function quorumsIn(mode: Mode): QuorumSection[] {
  return quorumSections.filter((section) => quorums[section].isIn(mode));
}

/** In the middle of a migration the others, undefined else. */
export function otherQuorum(mode: Mode): QuorumSection | undefined {
  return quorumsIn(mode).find((section) => section !== brokersQuorum(mode));
}
