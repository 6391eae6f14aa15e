import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { type FencedCluster, type LastingKafka, readPods } from '@kafka-ha/cluster';
import { awaitBack, type Member, type Return } from './await-back.ts';
import { notTheRevision } from './not-the-revision.ts';
import { replacePod } from './replace-pod.ts';
import { restoreTemplate } from './restore-template.ts';

/** Of a template's differences, the first ones are told. */
const toldChanges = 20;
/** They are in force on every broker, and no revision has them. */
const dynamicKeysStay =
  'Dynamic settings stay as the last deployment set them, because they are not part of a revision.';

/**
 * Waits for a pod's return; where it fails on a new revision while another one is known to serve, and the revision may be to
 * blame, goes back to that.
 */
export async function* bringBack(
  cluster: FencedCluster,
  member: Member,
  revisions: { former: string; latest: string },
  kafka: LastingKafka,
): AsyncGenerator<string, Return> {
  try {
    return yield* awaitBack(cluster, member, kafka);
  } catch (error) {
    if (revisions.former === revisions.latest || !isFailure(error)) throw error;
    const why = await notTheRevision(cluster, member, revisions, error);
    if (why !== undefined) throw kept(member, error, why);
    throw yield* goBack(cluster, member, revisions.former, error, kafka);
  }
}

function isFailure(error: unknown): error is KafkaHaError {
  return isKafkaHaError(error) && (error.code === 'pod-failed' || error.code === 'deadline-exceeded');
}

function kept({ name }: Member, { code, message, details, hint }: KafkaHaError, why: string): KafkaHaError {
  return new KafkaHaError(
    code,
    `${message} The roll has stopped. ${name} stays on the new revision, which is not at fault: ${why}.`,
    { details, ...(hint !== undefined && { hint }) },
  );
}

/**
 * Puts the one pod that failed back on the former revision, and its StatefulSet with it, so that whoever restarts now
 * comes up as before. A revision is whole: the configuration is part of it, but for the keys that take no restart.
 *
 * @returns the error that a person is to see: what failed, with the pod's log, and what the change was.
 */
async function* goBack(
  cluster: FencedCluster,
  member: Member,
  formerRevision: string,
  failure: KafkaHaError,
  kafka: LastingKafka,
): AsyncGenerator<string, KafkaHaError> {
  yield `${member.name} failed: ${failure.message} Going back to ${formerRevision}`;
  const changes = await restoreTemplate(cluster, member.component, formerRevision);
  const failed = (await readPods(cluster)).find(({ name }) => name === member.name);
  if (failed !== undefined) await replacePod(cluster, failed);
  yield* awaitBack(cluster, member, kafka);
  return new KafkaHaError(
    failure.code,
    `${failure.message} The roll has stopped, and ${member.name} is back on its former revision.`,
    {
      details: [
        ...failure.details,
        ...changes
          .slice(0, toldChanges)
          .map(({ path, from, to }) => `changed: ${path}: ${from ?? 'nothing'} → ${to ?? 'nothing'}`),
        ...(member.component === 'kafka' ? [dynamicKeysStay] : []),
      ],
      hint: 'Correct or revert the change above, and deploy again.',
      cause: failure,
    },
  );
}
