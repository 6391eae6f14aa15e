import { readServer, type Address, type Dial } from '@kafka-ha/zookeeper';
import { dialZookeeper, zookeeperAddresses } from '@kafka-ha/cluster';
import type { Hands } from './fault.ts';
import type { Victim } from '@kafka-ha/history';

const everyMs = 500;
const answerWithinMs = 2_000;

/** For as long as the majority is silent: where one of the others leads, the quorum was not lost. */
export async function watchQuorum(
  victims: readonly Victim[],
  { cluster, durationMs, doubt, signal }: Hands,
): Promise<void> {
  const { clock } = cluster.kube;
  const dial = dialZookeeper(cluster);
  const silent = new Set(victims.map(({ pod }) => pod));
  const others = zookeeperAddresses(cluster).filter(({ host }) => !silent.has(host));
  const untilMs = clock.now() + durationMs;
  const modes = new Map<string, Set<string>>(others.map(({ host }) => [host, new Set()]));
  while (clock.now() < untilMs) {
    for (const address of others) modes.get(address.host)?.add(await modeOf(dial, address, signal));
    await clock.sleep(Math.min(everyMs, Math.max(0, untilMs - clock.now())), signal);
  }
  for (const [server, seen] of modes) {
    if (seen.has('leader')) doubt?.(`${server} led while ZooKeeper was to have no quorum`);
    else if ([...seen].every((mode) => mode === 'unreachable'))
      doubt?.(`nobody saw that ZooKeeper had no quorum: ${server} could not be asked`);
  }
}

async function modeOf(dial: Dial, address: Address, signal: AbortSignal): Promise<string> {
  try {
    return (await readServer(dial, address, { timeoutMs: answerWithinMs, signal })).mode;
  } catch (error) {
    if (signal.aborted) throw error;
    return 'unreachable';
  }
}
