import type { PodState, QuorumServer } from '@kafka-ha/health';
import { components, ofComponent } from '@kafka-ha/manifests';
import { describeAbsence, othersAway, isServing, rollOrder } from './roll-order.ts';
import type { RollDecision, QuorumScene } from './roll-scene.ts';

/**
 * What a roll of the servers that keep the metadata is to do now. One that serves is taken only while all others do, and while the
 * leader has them all in sync: a quorum of servers that know everything stays behind. A single server has no spare; it
 * is taken as it is, and its sessions outlast its restart.
 */
export function nextQuorumServer(scene: QuorumScene): RollDecision {
  const pods = ofComponent(scene.pods, scene.component);
  const [step] = rollOrder({ ...scene, pods, controllerId: null });
  if (step === undefined) return { kind: 'done' };
  if (step.why === 'stuck') return { kind: 'take', step };
  const reasons = reasonsToWait(step.pod, { ...scene, pods });
  return reasons.length === 0 ? { kind: 'take', step } : { kind: 'wait', step, reasons };
}

function reasonsToWait(pod: PodState, scene: QuorumScene): string[] {
  const { component, pods, servers, quorum, stranded } = scene;
  return [
    ...(isServing(pod) ? [] : [describeAbsence(pod.name, pod)]),
    ...(stranded?.has(pod.name) ? [stranded.get(pod.name)!] : []),
    ...othersAway(pod, pods, servers),
    ...(servers === 1 ? [] : quorumReasons(quorum, servers, components[component].noun)),
  ];
}

function quorumReasons(quorum: readonly QuorumServer[], servers: number, noun: string): string[] {
  const leader = quorum.find(({ mode }) => mode === 'leader');
  if (leader === undefined) return [`no ${noun} is the leader`];
  const synced = leader.syncedFollowers ?? 0;
  if (synced >= servers - 1) return [];
  return [`${noun} ${leader.ordinal} is the leader with ${synced} of ${servers - 1} followers in sync`];
}
