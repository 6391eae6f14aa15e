import { count, KafkaHaError, runStep, type StepEvent } from '@kafka-ha/base';
import { type Actor, type Cluster, lockStep, withLease } from '@kafka-ha/cluster';
import { describeFailed, giveBackAll } from '../roll/elect-preferred-leaders.ts';

const steps = [lockStep, { id: 'leaders', title: 'Elect the preferred leaders' }];

/** A person who reads more of them knows enough. */
const shown = 5;

/**
 * Gives every partition back to its preferred leader, a few at a time, so that nobody notices. Restarts nothing. Returns how
 * many have moved.
 *
 * @throws KafkaHaError `unhealthy` where a preferred leader is still not in sync after some seconds, `lock-held`, `aborted`.
 */
export async function* elect(cluster: Cluster, options: { actor: Actor }): AsyncGenerator<StepEvent, number> {
  yield { kind: 'steps', steps };
  return yield* withLease(cluster, { ...options, operation: 'elect' }, async function* (cluster) {
    return yield* runStep(
      'leaders',
      async function* () {
        const { elected, failed } = yield* giveBackAll(cluster);
        if (failed.length === 0) return elected;
        throw new KafkaHaError(
          'unhealthy',
          `${count(elected, 'partition was', 'partitions were')} given back to the preferred leader, ${grudging(failed.length)} not`,
          {
            details: failed.slice(0, shown).map(describeFailed),
            hint: 'Run kafka-ha health to see what keeps these replicas out of sync, and this again afterwards.',
          },
        );
      },
      (elected) =>
        elected === 0 ? 'all preferred leaders lead' : `${count(elected, 'partition')} moved back`,
    );
  });
}

function grudging(failed: number): string {
  return `${failed} ${failed === 1 ? 'was' : 'were'}`;
}
