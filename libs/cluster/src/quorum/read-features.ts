import { KafkaHaError, messageOf } from '@kafka-ha/base';
import { apiVersionsApi, CLIENT_SOFTWARE, ERROR, errorName } from '@kafka-ha/kafka-protocol';
import { controllerId, ordinals } from '@kafka-ha/manifests';
import type { FeatureLevels } from '@kafka-ha/planning';
import type { Cluster } from '../cluster.ts';
import { withNodes, type Nodes } from './kraft-nodes.ts';

const answerWithinMs = 3_000;

/**
 * The features that are finalised, by the word of the controllers. Not with ZooKeeper.
 *
 * @throws KafkaHaError `kafka-unreachable` where no controller knows them.
 */
export async function readFeatures(cluster: Cluster): Promise<FeatureLevels> {
  return await withNodes(cluster, answerWithinMs, (nodes) =>
    featuresIn(nodes, ordinals(cluster.spec.controllers.servers)),
  );
}

/**
 * Each controller tells what it has read of the metadata that is decided, and how far that goes: whoever has read most of it
 * knows best. One that does not know how far yet names features that nobody has finalised (up to 4.3, KAFKA-19964).
 */
export async function featuresIn(nodes: Nodes, controllers: readonly number[]): Promise<FeatureLevels> {
  const details: string[] = [];
  const answers = await Promise.all(
    controllers.map(async (ordinal) => {
      try {
        const answer = await nodes.ask(controllerId(ordinal), apiVersionsApi, CLIENT_SOFTWARE);
        if (answer.errorCode === ERROR.none && answer.finalizedFeaturesEpoch >= 0) return [answer];
        const why = answer.errorCode === ERROR.none ? 'it does not know yet' : errorName(answer.errorCode);
        details.push(`controller ${ordinal}: ${why}`);
      } catch (error) {
        details.push(`controller ${ordinal}: ${messageOf(error)}`);
      }
      return [];
    }),
  );
  const [best] = answers.flat().toSorted((a, b) => b.finalizedFeaturesEpoch - a.finalizedFeaturesEpoch);
  if (best === undefined)
    throw new KafkaHaError('kafka-unreachable', 'no controller tells which features the cluster has', {
      details,
    });
  return Object.fromEntries(
    best.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
  );
}
