import { withSignal } from '@kafka-ha/cluster';
import type { PodState } from '@kafka-ha/health';
import type { Victim } from '@kafka-ha/history';
import type { Fault, Hands } from './fault.ts';
import { undoFaults } from './faults.ts';

type Made = {
  victims: readonly Victim[];
  hands: Hands;
  /** As they were before it: of a node that is down they may be gone now. */
  pods: readonly PodState[];
  /** Whether it hit all its victims. */
  isStruck: boolean;
};

const mendingMs = 60_000;

/**
 * Ends a fault. Where that fails, or the fault could not be made and nobody knows how much of it was, all that faults leave
 * is undone, as after a run that was killed. Returns what failed of this, in order.
 */
export async function mendFault(fault: Fault, { victims, hands, pods, isStruck }: Made): Promise<unknown[]> {
  if (fault.end === undefined) return [];
  const failures: unknown[] = [];
  const note = (error: unknown) => void failures.push(error);
  // With time of its own, for it must be undone also when the drill is stopped.
  const unstopped = () => withSignal(hands.cluster, AbortSignal.timeout(mendingMs));
  await fault.end(victims, { ...hands, cluster: unstopped() }).catch(note);
  if (isStruck && failures.length === 0) return [];
  const undo = async () => {
    const cluster = unstopped();
    // Without the lock what is found may be another drill's.
    await cluster.kube.fence();
    await undoFaults({ cluster, pods, nodes: hands.nodes });
  };
  await undo().catch(note);
  return failures;
}
