import type { Finding } from './source/finding.ts';
import { formatPath, type Path } from './source/problem.ts';
import type { Spec } from './spec.ts';

/** What the file says of servers that the cluster, in its mode, does not have: nobody would read it. */
export function checkMode(data: unknown, mode: Spec['mode']): Finding[] {
  return misplaced
    .filter((field) => field.mode !== mode && isGiven(data, field.path))
    .map(({ path, instead }) => ({ paths: [path], part: 'key', message: refusal(path, mode, instead) }));
}

type Field = {
  /** The only mode that reads it. */
  mode: Spec['mode'];
  path: Path;
  /** What to write in the other mode. */
  instead: string;
};

const misplaced: readonly Field[] = [
  { mode: 'zookeeper', path: ['zookeeper'], instead: 'write controllers instead' },
  {
    mode: 'zookeeper',
    path: ['placement', 'separateZookeeper'],
    instead: 'write separateControllers instead',
  },
  { mode: 'zookeeper', path: ['pods', 'zookeeper'], instead: 'write pods.controllers instead' },
  { mode: 'zookeeper', path: ['images', 'zookeeper'], instead: 'controllers run the image of the brokers' },
  { mode: 'zookeeper', path: ['versions', 'zookeeper'], instead: 'controllers are of the Kafka version' },
  {
    mode: 'zookeeper',
    path: ['versions', 'interBrokerProtocol'],
    instead: 'write versions.metadata instead',
  },
  { mode: 'kraft', path: ['controllers'], instead: 'write zookeeper instead, or mode: kraft' },
  { mode: 'kraft', path: ['placement', 'separateControllers'], instead: 'write separateZookeeper instead' },
  { mode: 'kraft', path: ['pods', 'controllers'], instead: 'write pods.zookeeper instead' },
  { mode: 'kraft', path: ['versions', 'metadata'], instead: 'write versions.interBrokerProtocol instead' },
];

function refusal(path: Path, mode: Spec['mode'], instead: string): string {
  const lack = mode === 'kraft' ? 'there is no ZooKeeper' : 'there are no controllers beside the brokers';
  return `${formatPath(path)} has no meaning with mode: ${mode}, where ${lack}: ${instead}`;
}

function isGiven(data: unknown, path: Path): boolean {
  return path.reduce<unknown>((value, key) => at(value, key), data) !== undefined;
}

function at(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, unknown>)[key];
}
