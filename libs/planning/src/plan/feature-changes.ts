import { featuresOf, metadataFeature, raisedFeatures, releaseOfMetadata } from '@kafka-ha/config';
import type { KeyChange } from './plan.ts';

/** The level of each feature that is finalised; one that is not here has level 0. */
export type FeatureLevels = Readonly<Record<string, number>>;

/** One feature of Kafka's metadata to be raised, or lowered. */
export type FeatureChange = { feature: string; from: number; to: number };

/**
 * How a cluster's features become those of a release, in the order in which they have to: metadata.version up before the features
 * that need it, and down after them. Others go down with it alone: else they are ahead of their release by somebody's will.
 */
export function featureChanges(now: FeatureLevels, release: string): FeatureChange[] {
  const levels = featuresOf(release)?.levels ?? {};
  const changes = Object.entries(levels)
    .map(([feature, to]) => ({ feature, from: now[feature] ?? 0, to }))
    .toSorted((a, b) => Number(isMetadata(b)) - Number(isMetadata(a)));
  const goesDown = changes.some((change) => isMetadata(change) && change.to < change.from);
  return goesDown
    ? changes.filter(({ from, to }) => to < from).toReversed()
    : changes.filter(({ feature, from, to }) => to > from && raisedFeatures.includes(feature));
}

function isMetadata({ feature }: FeatureChange): boolean {
  return feature === metadataFeature;
}

/** The same as a plan tells it. */
export function featureKeys(changes: readonly FeatureChange[]): KeyChange[] {
  return changes.map(({ feature: key, from, to }) => ({
    key,
    how: 'feature',
    brokers: 'all',
    from: levelName(key, from),
    to: levelName(key, to),
  }));
}

/** A feature's level as people know it: `4.4-IV2` for level 33 of metadata.version, where it is a release's. */
export function levelName(feature: string, level: number): string {
  const release = featuresOf(releaseOfMetadata(level));
  if (feature !== metadataFeature || release?.levels[feature] !== level) return String(level);
  return release.metadataVersion;
}
