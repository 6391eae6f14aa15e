import { count } from '@kafka-ha/base';
import { electLeaders, readTopics, type FencedKafka } from '@kafka-ha/kafka';
import type { Clock } from '@kafka-ha/kube';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { electionRounds } from '@kafka-ha/planning';

const attempts = 10;
const pauseMs = 1_000;
/** For the brokers to take up the leaders of one round before the next, which is a tenth of a second. */
const betweenRoundsMs = 100;

/**
 * Gives every partition back to its preferred leader: restarts leave leadership where it fled to. A leader that is not
 * in sync yet is asked for again.
 */
export async function* electPreferredLeaders(
  cluster: FencedCluster,
  signal: AbortSignal,
): AsyncGenerator<string, string> {
  const { clock } = cluster.kube;
  await using kafka = await openKafka(cluster, signal);
  let elected = await giveBackLeaders(kafka, clock, signal);
  for (let attempt = 1; ; attempt++) {
    const result = await electLeaders(kafka);
    elected += result.elected.length;
    const [failed] = result.failed;
    if (failed === undefined)
      return elected === 0 ? 'all preferred leaders lead' : `${count(elected, 'partition')} moved back`;
    const told = `${failed.topic}-${failed.partition} stays where it is: ${failed.reason}`;
    if (attempt === attempts)
      return `${count(elected, 'partition')} moved back, ${result.failed.length} failed: ${told}`;
    yield told;
    await clock.sleep(pauseMs, signal);
  }
}

/**
 * Gives partitions back to those preferred leaders that are in sync, a few at a time, so that nobody notices; stops between
 * two rounds. Returns how many have moved.
 */
export async function giveBackLeaders(
  kafka: FencedKafka,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  let elected = 0;
  for (const round of electionRounds(await readTopics(kafka))) {
    if (signal.aborted) break;
    elected += (await electLeaders(kafka, round)).elected.length;
    await clock.sleep(betweenRoundsMs);
  }
  return elected;
}
