import type { Finding } from '../source/finding.ts';
import { hasControllers, hasZookeeper } from './mode.ts';
import { formatPath, type Path } from '../source/problem.ts';
import type { Spec } from '../spec.ts';

/** What the file says of servers that the cluster, in its mode, does not have: nobody would read it. */
export function checkMode(data: unknown, mode: Spec['mode']): Finding[] {
  return misplaced
    .filter((field) => !field.modes(mode) && isGiven(data, field.path))
    .map(({ path, instead }) => ({ paths: [path], part: 'key', message: refusal(path, mode, instead) }));
}

type Field = {
  /** Which modes read it. */
  modes: (mode: Spec['mode']) => boolean;
  path: Path;
  /** What to write in the other mode. */
  instead: string;
};

const misplaced: readonly Field[] = [
  { modes: hasZookeeper, path: ['zookeeper'], instead: 'write controllers instead' },
  {
    modes: hasZookeeper,
    path: ['placement', 'separateZookeeper'],
    instead: 'write separateControllers instead',
  },
  { modes: hasZookeeper, path: ['pods', 'zookeeper'], instead: 'write pods.controllers instead' },
  { modes: hasZookeeper, path: ['images', 'zookeeper'], instead: 'controllers run the image of the brokers' },
  { modes: hasZookeeper, path: ['versions', 'zookeeper'], instead: 'controllers are of the Kafka version' },
  {
    modes: hasZookeeper,
    path: ['versions', 'interBrokerProtocol'],
    instead: 'write versions.metadata instead',
  },
  { modes: hasControllers, path: ['controllers'], instead: 'write zookeeper instead, or mode: kraft' },
  {
    modes: hasControllers,
    path: ['placement', 'separateControllers'],
    instead: 'write separateZookeeper instead',
  },
  { modes: hasControllers, path: ['pods', 'controllers'], instead: 'write pods.zookeeper instead' },
  {
    modes: hasControllers,
    path: ['versions', 'metadata'],
    instead: 'write versions.interBrokerProtocol instead',
  },
];

function refusal(path: Path, mode: Spec['mode'], instead: string): string {
  const lack = hasZookeeper(mode) ? 'there are no controllers beside the brokers' : 'there is no ZooKeeper';
  return `${formatPath(path)} has no meaning with mode: ${mode}, where ${lack}: ${instead}`;
}

function isGiven(data: unknown, path: Path): boolean {
  return path.reduce<unknown>((value, key) => at(value, key), data) !== undefined;
}

function at(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, unknown>)[key];
}
