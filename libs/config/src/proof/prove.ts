/** What the promise depends on, for one topic. */
export type Claim = {
  brokers: number;
  factor: number;
  minInSync: number;
  /** How many brokers may be lost at once. */
  tolerance: number;
  zookeeperServers: number;
};

export type Proof =
  | { kind: 'holds'; lines: readonly string[] }
  /** `reasons` are the lines that do not hold. */
  | { kind: 'broken'; lines: readonly string[]; reasons: readonly string[] };

/**
 * Proves, for any set of `tolerance` brokers lost at once, that no acknowledged record is lost (whatever in-sync set
 * was legal when it was acknowledged) and that every partition goes on accepting acks=all writes at once (from a full
 * in-sync set). Both follow from four inequalities, with unclean leader election off; a test compares them with every
 * single case for up to seven brokers. ZooKeeper keeps a majority when one server is lost.
 */
export function prove({ brokers, factor, minInSync, tolerance, zookeeperServers }: Claim): Proof {
  const left = factor - tolerance;
  const steps = [
    step(
      brokers >= factor,
      `replication factor ${factor} needs ${factor} brokers, and there ${are(brokers)}`,
    ),
    step(
      factor >= 2 * tolerance + 1,
      `tolerance ${tolerance} needs a replication factor of ${2 * tolerance + 1} (2 × ${tolerance} + 1), and it is ${factor}`,
    ),
    step(
      minInSync >= tolerance + 1,
      `an acknowledged record is on at least ${replicas(minInSync)}, and to outlive ${tolerance} lost brokers it must be on ${tolerance + 1}`,
    ),
    step(
      left >= minInSync,
      `writes need ${replicas(minInSync)} in sync, and ${left} of ${factor} are left when ${tolerance} are lost`,
    ),
    step(
      zookeeperServers >= 3 && zookeeperServers % 2 === 1,
      zookeeperServers < 3
        ? `ZooKeeper needs 3 servers for a majority when one is lost, and there ${are(zookeeperServers)}`
        : `ZooKeeper needs an odd number of servers (2g + 1, to lose g of them), and there ${are(zookeeperServers)}`,
    ),
  ];
  const lines = steps.map(({ line }) => line);
  const reasons = steps.filter(({ holds }) => !holds).map(({ line }) => line);
  return reasons.length === 0 ? { kind: 'holds', lines } : { kind: 'broken', lines, reasons };
}

function step(holds: boolean, line: string): { holds: boolean; line: string } {
  return { holds, line };
}

function are(count: number): string {
  return count === 1 ? 'is 1' : `are ${count}`;
}

function replicas(count: number): string {
  return count === 1 ? '1 replica' : `${count} replicas`;
}
