import type { PodState, StatefulSetState } from '@kafka-ha/health';
import type { QuorumComponent } from '@kafka-ha/manifests';
import { nextBroker } from './next-broker.ts';
import { nextQuorumServer } from './next-quorum-server.ts';
import type { BrokerScene, QuorumScene, RollDecision, RollStep } from './roll-scene.ts';

/** One reading of all that the next step of a component's roll depends on. */
export type MemberScene = {
  statefulSet: StatefulSetState;
  pods: readonly PodState[];
  /** The names of the pods that are to be replaced. */
  due: ReadonlySet<string>;
} & (
  | { kind: 'brokers'; component: 'kafka'; brokers: BrokerScene }
  | { kind: 'quorum'; component: QuorumComponent; servers: QuorumScene }
);

/** What a roll of one component is to do now. */
export type NextStep =
  | RollDecision
  /** This pod is due and serves nobody: nothing is lost with it. */
  | { kind: 'replace'; step: RollStep }
  /** This pod was replaced before and does not serve yet. No other one stops meanwhile. */
  | { kind: 'await'; pod: PodState };

/**
 * Decides the next step of a roll, from one reading:
 *
 * 1. A pod that is due and stuck, so that it serves nobody, is replaced at once.
 * 2. A pod that was replaced before and is not ready yet is waited for. No other one stops meanwhile.
 * 3. Nothing is due any more: done.
 * 4. The next pod is spare: it is taken.
 * 5. It is not spare yet: the reasons are told, and everything is read again.
 * 6. It can never be spare: the roll is refused.
 */
export function nextStep(scene: MemberScene): NextStep {
  const decision = scene.kind === 'brokers' ? nextBroker(scene.brokers) : nextQuorumServer(scene.servers);
  if (decision.kind === 'take' && decision.step.why === 'stuck')
    return { kind: 'replace', step: decision.step };
  const coming = comingBack(scene);
  return coming === undefined ? decision : { kind: 'await', pod: coming };
}

function comingBack({ pods, due }: MemberScene): PodState | undefined {
  return pods.find(({ name, ready, deleting }) => !due.has(name) && !ready && !deleting);
}
