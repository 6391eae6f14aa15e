import { releaseFeatures } from './release-features.ts';
import { type ReleaseFeatures, releaseNumber } from './release-of.ts';

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
