/** What runs and what is wanted; versions as in `3.9.2`, protocols as in `3.9`. */
export type VersionChange = {
  /** Of every broker: its binaries, where its image's tag tells them, and the protocol that it speaks to the others. */
  brokers: readonly { id: number; version?: string; protocol: string }[];
  /** Of each server that keeps the metadata. */
  servers: readonly string[];
  wanted: { kafka: string; zookeeper: string; interBrokerProtocol: string };
};

/**
 * Why a change of versions cannot be made, as sentences; none: it can. An upgrade is two steps, and between them there is
 * a way back: first the binaries, with the protocol as it is; then, deliberately, the protocol.
 */
export function versionRefusals({ brokers, servers, wanted }: VersionChange): string[] {
  const protocols = brokers.map(({ protocol }) => protocol);
  const newestProtocol = protocols.sort(compareVersions).at(-1);
  const oldest = brokers.flatMap(({ version }) => version ?? []).sort(compareVersions)[0];
  const newestServer = [...servers].sort(compareVersions).at(-1);
  const refusals: string[] = [];
  if (newestProtocol !== undefined && compareVersions(line(wanted.kafka), newestProtocol) < 0)
    refusals.push(
      `Kafka ${wanted.kafka} does not support protocol ${newestProtocol}, which the brokers already speak: there is no way back from it`,
    );
  else if (newestProtocol !== undefined && compareVersions(wanted.interBrokerProtocol, newestProtocol) < 0)
    refusals.push(
      `the brokers already speak protocol ${newestProtocol}: it cannot be lowered to ${wanted.interBrokerProtocol}`,
    );
  if (oldest !== undefined && compareVersions(wanted.interBrokerProtocol, line(oldest)) > 0)
    refusals.push(
      `protocol ${wanted.interBrokerProtocol} needs every broker to run Kafka ${wanted.interBrokerProtocol}, but one still runs ${oldest}: keep versions.interBrokerProtocol at "${newestProtocol}" for now`,
    );
  if (newestServer !== undefined && compareVersions(line(wanted.zookeeper), line(newestServer)) < 0)
    refusals.push(
      `ZooKeeper ${wanted.zookeeper} may not be able to read what ${newestServer} has written: there is no way back to an older release line`,
    );
  return refusals;
}

/** `3.9` of `3.9.2`. */
function line(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
