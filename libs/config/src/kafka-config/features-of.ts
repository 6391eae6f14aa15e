import { releaseFeatures } from './release-features.ts';
import { releaseNumber } from './release-of.ts';

/** The features of a release, as a new cluster of it has them. */
export type ReleaseFeatures = {
  release: string;
  /** What Kafka calls the level of `metadata.version`. */
  metadataVersion: string;
  /**
   * Whether this release writes metadata that the one before cannot read. Once metadata.version has been raised across
   * such a release, it cannot be lowered again.
   */
  changesMetadata: boolean;
  /** By feature; level 0 is without it. `kraft.version` is none of them: it would make the quorum dynamic, for good. */
  levels: Readonly<Record<string, number>>;
};

/** Of a version such as `4.2.2`, or a release such as `4.2`; undefined for one that is not known here: nothing is guessed. */
export function featuresOf(kafkaVersion: string): ReleaseFeatures | undefined {
  return releaseFeatures.find(({ release }) => releaseNumber(release) === releaseNumber(kafkaVersion));
}

/** Whether a cluster whose metadata has been raised to `from` can go back to `to`, both releases that are known here. */
export function canLowerMetadata(from: string, to: string): boolean {
  return !releaseFeatures.some(
    ({ release, changesMetadata }) =>
      changesMetadata &&
      releaseNumber(release) > releaseNumber(to) &&
      releaseNumber(release) <= releaseNumber(from),
  );
}
