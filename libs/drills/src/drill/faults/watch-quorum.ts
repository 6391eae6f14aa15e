import { quorumOf } from '@kafka-ha/cluster';
import type { Victim } from '@kafka-ha/history';
import { components, ordinals, podNameOf } from '@kafka-ha/manifests';
import type { Hands } from './fault.ts';

const everyMs = 500;
const answerWithinMs = 2_000;

/** For as long as the majority is silent: where one of the others leads, the quorum was not lost. */
export async function watchQuorum(
  victims: readonly Victim[],
  { cluster, durationMs, doubt }: Hands,
): Promise<void> {
  const { kube, spec, signal } = cluster;
  const { clock } = kube;
  const quorum = quorumOf(cluster);
  const { wanted, system } = components[quorum.component];
  const silent = victims.map(({ ordinal }) => ordinal);
  const others = ordinals(wanted(spec).pods).filter((ordinal) => !silent.includes(ordinal));
  const untilMs = clock.now() + durationMs;
  const modes = new Map<number, Set<string>>(others.map((ordinal) => [ordinal, new Set()]));
  while (clock.now() < untilMs) {
    const servers = await quorum.readServers({ ordinals: others, answerWithinMs });
    signal.throwIfAborted();
    for (const { ordinal, mode } of servers) modes.get(ordinal)?.add(mode);
    await clock.sleep(Math.min(everyMs, Math.max(0, untilMs - clock.now())), signal);
  }
  for (const [ordinal, seen] of modes) {
    const server = podNameOf(spec, quorum.component, ordinal);
    if (seen.has('leader')) doubt?.(`${server} was the leader while ${system} should have had no quorum`);
    else if ([...seen].every((mode) => mode === 'unreachable'))
      doubt?.(`it is unknown whether ${system} had no quorum: ${server} could not be asked`);
  }
}
