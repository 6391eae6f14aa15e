import { featuresOf } from '../kafka-config/features-of.ts';
import { releaseNumber } from '../kafka-config/release-of.ts';
import { isMigrating } from './mode.ts';
import type { Spec } from '../spec.ts';

/** Why this Kafka version cannot be run in this mode, or undefined where it can. */
export function kafkaVersionRefusal(mode: Spec['mode'], version: string): string | undefined {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (mode === 'zookeeper') {
    if (major >= 4)
      return `Kafka ${version} has no ZooKeeper mode; 3.9 is the last version with it. Allowed: 3.7.x, 3.8.x, 3.9.x; without ZooKeeper write mode: kraft for a new cluster, and take a running one there with kafka-ha migrate`;
    if (major === 3 && minor >= 7 && minor <= 9) return undefined;
    return `Kafka ${version} is not supported. Allowed: 3.7.x (the first with an apache/kafka image), 3.8.x, 3.9.x`;
  }
  if (isMigrating(mode)) {
    if (major === 3 && minor === 9 && patch >= 2) return undefined;
    const first = major >= 4 ? 'it has no ZooKeeper' : 'upgrade to 3.9.2 with mode: zookeeper first';
    return `Kafka ${version} cannot leave ZooKeeper: ${first}. Allowed with mode: ${mode}: 3.9.2 and later of 3.9`;
  }
  const allowed = 'Allowed: 3.9.2 and later of 3.9, 4.0.x to 4.4.x';
  if (releaseNumber(version) < releaseNumber('3.9') || (major === 3 && minor === 9 && patch < 2))
    return `Kafka ${version} is not supported with mode: kraft, because its brokers may stay away long after a crash. ${allowed}`;
  if (featuresOf(version) === undefined)
    return `Kafka ${version} is not known to this version of kafka-ha. ${allowed}`;
  return undefined;
}

/** The release that belongs to a Kafka version, as a protocol or as that of the metadata: `3.9` for `3.9.2`. */
export function protocolOf(kafkaVersion: string): string {
  return kafkaVersion.split('.').slice(0, 2).join('.');
}

/** Why brokers of this version cannot speak this protocol version, or undefined where they can. */
export function protocolRefusal(kafkaVersion: string, protocol: string): string | undefined {
  const minor = Number(protocol.split('.')[1]);
  const newest = Number(kafkaVersion.split('.')[1]);
  if (minor <= newest) return undefined;
  return `versions.interBrokerProtocol is "${protocol}", which Kafka ${kafkaVersion} does not speak; allowed: at most "${protocolOf(kafkaVersion)}"`;
}

/** Why a cluster of this version cannot have the features of this release, or undefined where it can. */
export function metadataRefusal(kafkaVersion: string, release: string): string | undefined {
  if (featuresOf(release) === undefined)
    return `versions.metadata is "${release}", which is not known to this version of kafka-ha; allowed: "3.9", "4.0" to "4.4"`;
  if (releaseNumber(release) <= releaseNumber(kafkaVersion)) return undefined;
  return `versions.metadata is "${release}", which Kafka ${kafkaVersion} does not know; allowed: at most "${protocolOf(kafkaVersion)}"`;
}
