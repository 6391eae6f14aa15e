/** Why this Kafka version cannot be run, or undefined where it can. */
export function kafkaVersionRefusal(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major >= 4)
    return `Kafka ${version} has no ZooKeeper mode; 3.9 is the last version with it. Allowed: 3.7.x, 3.8.x, 3.9.x`;
  if (major === 3 && minor >= 7 && minor <= 9) return undefined;
  return `Kafka ${version} is not supported. Allowed: 3.7.x (the first with an apache/kafka image), 3.8.x, 3.9.x`;
}

/** The protocol version that belongs to a Kafka version: `3.9` for `3.9.2`. */
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
