import type { PodState, ZooKeeperServer } from '@kafka-ha/health';
import { describeAbsence, othersAway } from './others-away.ts';
import { isServing, rollOrder } from './roll-order.ts';
import type { RollDecision, ZooKeeperScene } from './roll-scene.ts';

/**
 * What a roll of the ZooKeeper servers is to do now. One that serves is taken only while all others do, and while the
 * leader has them all in sync: a quorum of servers that know everything stays behind. A single server has no spare; it
 * is taken as it is, and its sessions outlast its restart.
 */
export function nextServer(scene: ZooKeeperScene): RollDecision {
  const pods = scene.pods.filter(({ component }) => component === 'zookeeper');
  const [step] = rollOrder({ ...scene, pods, controllerId: null });
  if (step === undefined) return { kind: 'done' };
  if (step.why === 'stuck') return { kind: 'take', step };
  const reasons = reasonsToWait(step.pod, { ...scene, pods });
  return reasons.length === 0 ? { kind: 'take', step } : { kind: 'wait', step, reasons };
}

function reasonsToWait(pod: PodState, { pods, servers, zookeeper, stranded }: ZooKeeperScene): string[] {
  return [
    ...(isServing(pod) ? [] : [describeAbsence(pod.name, pod)]),
    ...(stranded?.has(pod.name) ? [stranded.get(pod.name)!] : []),
    ...othersAway(pod, pods, servers),
    ...(servers === 1 ? [] : quorumReasons(zookeeper, servers)),
  ];
}

function quorumReasons(zookeeper: readonly ZooKeeperServer[], servers: number): string[] {
  const leader = zookeeper.find(({ mode }) => mode === 'leader');
  if (leader === undefined) return ['no ZooKeeper server leads'];
  const synced = leader.syncedFollowers ?? 0;
  if (synced >= servers - 1) return [];
  return [`ZooKeeper server ${leader.ordinal} leads with ${synced} of ${servers - 1} followers in sync`];
}
