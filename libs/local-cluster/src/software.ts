import { quorums, type Spec } from '@kafka-ha/config';
import { defaultKafka, defaultZookeeper } from '@kafka-ha/config/values';

/** What pods run in versions that somebody chooses. */
const software = {
  kafka: { noun: 'Kafka', usual: defaultKafka.zookeeper },
  zookeeper: { noun: 'ZooKeeper', usual: defaultZookeeper },
} as const;

type Software = keyof typeof software;

const softwareKinds = Object.keys(software) as Software[];

/** Versions that a local cluster has images of. */
export type ImageVersions = Record<Software, string[]>;

export const defaultImages = imageVersions((kind) => [software[kind].usual]);

export const noImages = imageVersions(() => []);

/** What the cluster of a file runs. */
export function imageVersionsOf({ mode, versions }: Spec): ImageVersions {
  return { kafka: [versions.kafka], zookeeper: quorums.zookeeper.isIn(mode) ? [versions.zookeeper] : [] };
}

/** Which of the versions that are wanted there are no images of, as sentences. */
export function lackingImages(has: ImageVersions, wanted: ImageVersions): string[] {
  return softwareKinds
    .filter((kind) => !wanted[kind].every((version) => has[kind].includes(version)))
    .map(
      (kind) =>
        `images of ${software[kind].noun}: it has ${has[kind].join(', ')}, asked for ${wanted[kind].join(', ')}`,
    );
}

function imageVersions(of: (kind: Software) => string[]): ImageVersions {
  return Object.fromEntries(softwareKinds.map((kind) => [kind, of(kind)])) as ImageVersions;
}
