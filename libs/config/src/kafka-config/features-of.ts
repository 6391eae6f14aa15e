import { releaseFeatures } from './release-features.ts';
import { type ReleaseFeatures, releaseNumber } from './release-of.ts';

/** Of a version such as `4.2.2`, or a release such as `4.2`; undefined for one that is not known here: nothing is guessed. */
export function featuresOf(kafkaVersion: string): ReleaseFeatures | undefined {
  return releaseFeatures.find(({ release }) => releaseNumber(release) === releaseNumber(kafkaVersion));
}

/**
 * The release that a cluster's features are those of, by the level of its metadata.version: the last one that is known here
 * and that it has reached. All levels before those of 3.9 count as 3.9's.
 */
export function releaseOfMetadata(level: number): string {
  const [first = none, ...others] = releaseFeatures;
  return (others.findLast(({ levels }) => (levels[metadataFeature] ?? Infinity) <= level) ?? first).release;
}

export const metadataFeature = 'metadata.version';

/**
 * The features that go up with a release: those that change nothing that anybody has set. Eligible leader replicas take
 * min.insync.replicas out of the brokers' hands, and groups that share or stream are new kinds of them: a cluster has these from its
 * birth, or by somebody's will. kraft.version is none of a release's features: it would make the quorum dynamic, for good.
 */
export const raisedFeatures: readonly string[] = [metadataFeature, 'transaction.version', 'group.version'];
const none = { release: '3.9' };

/** Whether a cluster whose metadata has been raised to `from` can go back to `to`, both releases that are known here. */
export function canLowerMetadata(from: string, to: string): boolean {
  return !releaseFeatures.some(
    ({ release, changesMetadata }) =>
      changesMetadata &&
      releaseNumber(release) > releaseNumber(to) &&
      releaseNumber(release) <= releaseNumber(from),
  );
}
