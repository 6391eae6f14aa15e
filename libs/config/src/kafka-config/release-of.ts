/** A release as one number that can be compared, 4.10 being after 4.9: of `4.2.2`, `4.2` and `4.2-IV1` alike. */
export function releaseNumber(version: string): number {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major * 1_000 + minor;
}

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
