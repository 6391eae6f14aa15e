import { count, runStep, type StepEvent, waitFor } from '@kafka-ha/base';
import { cancelReassignments, listReassignments } from '@kafka-ha/kafka';
import {
  type Actor,
  type Cluster,
  lockStep,
  openKafka,
  retryWhileUnreachable,
  withLease,
} from '@kafka-ha/cluster';
import { electPreferredLeaders } from '../roll/elect-preferred-leaders.ts';
import { removeThrottles } from './remove-throttles.ts';

const steps = [
  lockStep,
  { id: 'cancel', title: 'Cancel what is being moved' },
  { id: 'throttles', title: 'Remove throttles' },
  { id: 'leaders', title: 'Elect the preferred leaders' },
];

const cancelledWithinMs = 60_000;

/**
 * Ends a scale that was left unfinished: what is being moved stays where it was, what is moved already stays where it is,
 * and no throttle is left, whoever set it. Brokers are neither added nor removed.
 */
export async function* abortScale(
  cluster: Cluster,
  options: { actor: Actor },
): AsyncGenerator<StepEvent, void> {
  yield { kind: 'steps', steps };
  yield* withLease(cluster, { ...options, operation: 'scale --abort' }, async function* (cluster) {
    await using kafka = await openKafka(cluster);
    yield* runStep('cancel', async function* () {
      const ongoing = await listReassignments(kafka);
      if (ongoing.length === 0) return 'nothing is being moved';
      await retryWhileUnreachable(() => cancelReassignments(kafka, ongoing), cluster.signal);
      yield `waiting for ${count(ongoing.length, 'partition')} to be as they were`;
      await waitFor('the moves to be cancelled', async () => (await listReassignments(kafka)).length === 0, {
        deadlineMs: cancelledWithinMs,
        intervalMs: 500,
        signal: cluster.signal,
      });
      return `${count(ongoing.length, 'move')} cancelled`;
    });
    yield* runStep('throttles', async function* () {
      const removed = await retryWhileUnreachable(
        () => removeThrottles(kafka, cluster.signal),
        cluster.signal,
      );
      return removed === 0
        ? 'there was none'
        : `removed from ${count(removed, 'topic or broker', 'topics and brokers')}`;
    });
    yield* runStep('leaders', () => electPreferredLeaders(cluster));
  });
}
