import { KafkaHaError } from '@kafka-ha/base';
import type { Provider } from './local-cluster.ts';

/** What was found out about this machine, as far as it decides whether and how a cluster can be made on it. */
export type Machine = {
  platform: string;
  arch: string;
  root: boolean;
  /** Whether a Docker daemon answers. */
  docker: boolean;
  /** Such as `0.33.0`; null where kind is not installed. */
  kind: string | null;
  /** How many inotify instances root may hold at once; null where that cannot be told. */
  inotifyInstances: number | null;
  /** Such as `1.26.8`; null where there is no Go. */
  go: string | null;
  aptGet: boolean;
  /** Whether /var/tmp is on an overlay, as it is in most containers. */
  overlay: boolean;
  /** Of the commands that Debian packages bring, those that are not there. */
  missingCommands: string[];
};

/** How the cluster will be made, the Debian packages to install for it, and what may yet be in its way. */
export type Way = { provider: Provider; packages: string[]; warnings: string[] };

type Lack = { what: string; remedy: string };

/** Debian packages by a command that each brings. */
export const packageOf: Record<string, string> = {
  mmdebstrap: 'mmdebstrap',
  socat: 'socat',
  ip: 'iproute2',
  losetup: 'mount',
  unshare: 'util-linux',
  flock: 'util-linux',
  javac: 'default-jdk-headless',
  mvn: 'maven',
};

/** Go 1.21 is the first that fetches the newer one which a module asks for. */
const oldestGo = '1.21';

/** kind 0.31 is the first whose nodes run Kubernetes 1.35. */
export const oldestKind = '0.31';

/** The six nodes of a kind cluster hold 91, and are not alone. */
const enoughInotifyInstances = 256;

/** Decides how to make a cluster. Throws `missing-prerequisite`, which names all that is missing, each with its remedy. */
export function chooseWay(machine: Machine, provider: Provider | 'auto'): Way {
  const chosen = provider === 'auto' ? (machine.docker ? 'kind' : 'namespaces') : provider;
  const lacks = chosen === 'kind' ? lacksForKind(machine) : lacksForNamespaces(machine);
  if (lacks.length > 0)
    throw new KafkaHaError(
      'missing-prerequisite',
      `this machine cannot run a local cluster (${chosen}) yet`,
      {
        details: lacks.map(({ what, remedy }) => `${what}: ${remedy}`),
        hint:
          chosen === 'kind'
            ? 'Do the above and run the same command again.'
            : 'Do the above, or start Docker, which needs none of it, and run the same command again.',
      },
    );
  const packages = machine.missingCommands.map((command) => packageOf[command] ?? command);
  return chosen === 'kind'
    ? { provider: chosen, packages: [], warnings: limitsForKind(machine) }
    : { provider: chosen, packages: [...new Set(packages)], warnings: [] };
}

/** What a cluster can come up with, but may not last: where a limit is met, pods end as if by a fault of their own. */
function limitsForKind({ inotifyInstances }: Machine): string[] {
  if (inotifyInstances === null || inotifyInstances >= enoughInotifyInstances) return [];
  return [
    `root may hold ${inotifyInstances} inotify instances at once on this machine, which may not be enough for the nodes. If pods fail with "too many open files", run: sudo sysctl fs.inotify.max_user_instances=8192`,
  ];
}

function lacksForKind(machine: Machine): Lack[] {
  const lacks: Lack[] = [];
  if (!machine.docker) lacks.push({ what: 'no Docker daemon answers', remedy: 'start Docker' });
  if (!suffices(machine.kind, oldestKind))
    lacks.push(...lackOfGo(machine, `, or install kind ${oldestKind} or later`));
  return lacks;
}

function lacksForNamespaces(machine: Machine): Lack[] {
  const lacks: Lack[] = [];
  if (machine.platform !== 'linux' || machine.arch !== 'x64')
    lacks.push({
      what: `this is ${machine.platform} on ${machine.arch}`,
      remedy: 'nodes made of namespaces need Linux on x64',
    });
  if (!machine.root)
    lacks.push({ what: 'you are not root', remedy: 'run as root: namespaces, mounts and cgroups are made' });
  lacks.push(...lackOfGo(machine, ''));
  if (!machine.aptGet)
    lacks.push({ what: 'there is no apt-get', remedy: 'use Debian or a distribution made from it' });
  if (machine.overlay)
    lacks.push({
      what: '/var/tmp is on an overlay file system',
      remedy: 'mount a disk or a tmpfs there: containers cannot be unpacked on an overlay',
    });
  return lacks;
}

function lackOfGo({ go }: Machine, or: string): Lack[] {
  if (suffices(go, oldestGo)) return [];
  const what = go === null ? 'there is no Go' : `Go is ${go}`;
  return [{ what, remedy: `install Go ${oldestGo} or later${or}` }];
}

/** Whether a version is that one or later, by its first two numbers. What is not there is not. */
export function suffices(version: string | null, oldest: string): boolean {
  if (version === null) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldMajor = 0, oldMinor = 0] = oldest.split('.').map(Number);
  return major > oldMajor || (major === oldMajor && minor >= oldMinor);
}
