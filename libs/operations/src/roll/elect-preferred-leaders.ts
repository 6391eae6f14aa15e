import { count, type Clock } from '@kafka-ha/base';
import { electLeaders, readTopics, type Election, type FencedKafka } from '@kafka-ha/kafka';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { electionRounds } from '@kafka-ha/planning';

const attempts = 10;
const pauseMs = 1_000;
/** For the brokers to take up the leaders of one round before the next, which is a tenth of a second. */
const betweenRoundsMs = 100;

/** Gives every partition back to its preferred leader: restarts leave leadership where it fled to. */
export async function* electPreferredLeaders(cluster: FencedCluster): AsyncGenerator<string, string> {
  const { elected, failed } = yield* giveBackAll(cluster);
  const [first] = failed;
  if (first !== undefined)
    return `${count(elected, 'partition')} moved back, ${failed.length} failed: ${describeFailed(first)}`;
  return elected === 0 ? 'all preferred leaders lead' : `${count(elected, 'partition')} moved back`;
}

/** How many partitions were given back, and those that were not. A leader that is not in sync yet is asked for again. */
export async function* giveBackAll(
  cluster: FencedCluster,
): AsyncGenerator<string, { elected: number; failed: Election['failed'] }> {
  const { clock } = cluster.kube;
  await using kafka = await openKafka(cluster);
  let elected = await giveBackLeaders(kafka, clock, cluster.signal);
  for (let attempt = 1; ; attempt++) {
    const result = await electLeaders(kafka);
    elected += result.elected.length;
    const [failed] = result.failed;
    if (failed === undefined || attempt === attempts) return { elected, failed: result.failed };
    yield describeFailed(failed);
    await clock.sleep(pauseMs, cluster.signal);
  }
}

export function describeFailed({ topic, partition, reason }: Election['failed'][number]): string {
  return `${topic}-${partition} stays where it is: ${reason}`;
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
