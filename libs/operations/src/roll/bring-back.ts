import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { FencedCluster, LastingKafka } from '@kafka-ha/cluster';
import { awaitBack, type Member, type Return } from './await-back.ts';
import { goBack } from './go-back.ts';
import { notTheRevision } from './not-the-revision.ts';

export type Resources = { kafka: LastingKafka; lost: AbortSignal };

/**
 * Waits for a pod's return; where it fails on a new revision while another one is known to serve, and the revision may be to
 * blame, goes back to that.
 */
export async function* bringBack(
  cluster: FencedCluster,
  member: Member,
  revisions: { former: string; latest: string },
  { kafka, lost }: Resources,
): AsyncGenerator<string, Return> {
  try {
    return yield* awaitBack(cluster, member, { kafka, signal: lost });
  } catch (error) {
    if (revisions.former === revisions.latest || !isFailure(error)) throw error;
    const why = await notTheRevision(cluster, member, revisions, error, lost);
    if (why !== undefined) throw kept(member, error, why);
    throw yield* goBack(cluster, member, revisions.former, error, { kafka, signal: lost });
  }
}

function isFailure(error: unknown): error is KafkaHaError {
  return isKafkaHaError(error) && (error.code === 'pod-failed' || error.code === 'deadline-exceeded');
}

function kept({ name }: Member, { code, message, details, hint }: KafkaHaError, why: string): KafkaHaError {
  return new KafkaHaError(
    code,
    `${message} The roll has stopped, and ${name} stays on the new revision, which is not at fault: ${why}.`,
    { details, ...(hint !== undefined && { hint }) },
  );
}
