import { electLeaders } from '@kafka-ha/kafka';
import { openKafka, type Cluster } from '../connect.ts';

const attempts = 10;
const pauseMs = 1_000;

/**
 * Gives every partition back to its preferred leader: restarts leave leadership where it fled to. A leader that is not
 * in sync yet is asked for again.
 */
export async function* electPreferredLeaders(
  cluster: Cluster,
  signal: AbortSignal,
): AsyncGenerator<string, string> {
  await using kafka = await openKafka(cluster, signal);
  let elected = 0;
  for (let attempt = 1; ; attempt++) {
    const result = await electLeaders(kafka);
    elected += result.elected.length;
    const [failed] = result.failed;
    if (failed === undefined)
      return elected === 0 ? 'all where they belong' : `${elected} partitions moved back`;
    const told = `${failed.topic}-${failed.partition} stays where it is: ${failed.reason}`;
    if (attempt === attempts) return `${elected} partitions moved back, ${result.failed.length} not: ${told}`;
    yield told;
    await cluster.kube.clock.sleep(pauseMs, signal);
  }
}
