import {
  canLowerMetadata,
  featuresOf,
  metadataFeature,
  protocolOf,
  releaseNumber,
  releaseOfMetadata,
} from '@kafka-ha/config';
import { type FeatureLevels, levelName } from './feature-changes.ts';

/** What runs and what is wanted with controllers; versions as in `4.2.2`, `metadata` a release as in `4.2`. */
export type MetadataChange = {
  /** Of each controller and broker: its name, and its binaries where its image's tag tells them. */
  nodes: readonly { name: string; version?: string }[];
  finalized: FeatureLevels;
  wanted: { kafka: string; metadata: string };
};

/**
 * Why a change of versions cannot be made, as sentences; none: it can. An upgrade is two steps, and between them there is a way
 * back: first the binaries, with the metadata as it is; then, deliberately, the features. Binaries may skip releases.
 */
export function metadataRefusals({ nodes, finalized, wanted }: MetadataChange): string[] {
  const now = releaseOfMetadata(finalized[metadataFeature] ?? 0);
  const unknown = unknownTo(wanted.kafka, finalized);
  if (unknown.length > 0) return unknown.map((each) => noWayBack(each, wanted.kafka, now));
  const oldest = nodes
    .flatMap(({ name, version }) => (version === undefined ? [] : [{ name, version }]))
    .toSorted((a, b) => releaseNumber(a.version) - releaseNumber(b.version))[0];
  if (releaseNumber(wanted.metadata) < releaseNumber(now) && !canLowerMetadata(now, wanted.metadata))
    return [
      `the metadata is that of ${now} already, and what is written since cannot be read by ${wanted.metadata}: it cannot be lowered, so keep versions.metadata at "${now}"`,
    ];
  if (
    oldest !== undefined &&
    releaseNumber(wanted.metadata) > Math.max(releaseNumber(oldest.version), releaseNumber(now))
  )
    return [
      `metadata ${wanted.metadata} needs every controller and broker to run Kafka ${wanted.metadata}, but ${oldest.name} still runs ${oldest.version}: keep versions.metadata at "${now}" for now`,
    ];
  return [];
}

type Unknown = { feature: string; level: number; known: number };

/** What is in force and these binaries have never heard of: they would not start. */
function unknownTo(kafka: string, finalized: FeatureLevels): Unknown[] {
  const levels = featuresOf(kafka)?.levels ?? {};
  return Object.entries(finalized).flatMap(([feature, level]) => {
    const known = levels[feature];
    return known === undefined || level <= known ? [] : [{ feature, level, known }];
  });
}

function noWayBack({ feature, level, known }: Unknown, kafka: string, now: string): string {
  const [there, most] = [levelName(feature, level), levelName(feature, known)];
  const why = `the cluster has ${feature} ${there}, and Kafka ${kafka} knows it up to ${most}`;
  const release = protocolOf(kafka);
  if (!canLowerMetadata(now, release)) return `${why}: there is no way back from it`;
  if (releaseNumber(now) <= releaseNumber(release))
    return `${why}: lower it first, by kafka-features.sh downgrade --feature ${feature}=${known}`;
  return `${why}: deploy versions.metadata "${release}" with the present versions.kafka first, which lowers it`;
}
