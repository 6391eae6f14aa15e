import type { Report } from './anomalies.ts';
import type { History } from './history.ts';
import type { PartitionHistory } from './partition-history.ts';

/** Whatever is stored was delivered to the group at least once. That is told of a group that has read to the end. */
export function checkDeliveries({ partition, passes }: PartitionHistory, report: Report): void {
  for (const [seq, offsets] of passes.final.offsets) {
    const [offset] = offsets;
    if (offset === undefined || passes.group.offsets.has(seq) || passes.group.corrupt.has(offset)) continue;
    const detail = 'stored, and never delivered to the group';
    report('undelivered', { partition, record: `${partition}/${seq}`, offset, detail });
  }
}

/**
 * What the coordinator says that a group has committed is never older than what it had acknowledged before it was asked. A
 * commit without an answer may take effect at any time later: such an offset proves nothing.
 */
export function checkCommits({ group }: History, report: Report): void {
  const last = new Map<number, number>();
  const acked = group.commits.filter(({ outcome }) => outcome === 'acked').sort((a, b) => a.ms - b.ms);
  const unknown = group.commits.filter(({ outcome }) => outcome === 'unknown');
  let next = 0;
  for (const { askedMs, offsets } of group.committed.toSorted((a, b) => a.askedMs - b.askedMs)) {
    // Strictly before: within one millisecond nobody knows which was first.
    for (let commit = acked[next]; commit && commit.ms < askedMs; commit = acked[(next += 1)])
      for (const { partition, offset } of commit.offsets) last.set(partition, offset);
    for (const { partition, offset } of offsets) {
      const before = last.get(partition);
      if (before === undefined || offset >= before) continue;
      last.set(partition, offset);
      const isLate = unknown.some(
        (commit) =>
          commit.sentMs <= askedMs &&
          commit.offsets.some((one) => one.partition === partition && one.offset === offset),
      );
      if (isLate) continue;
      const told = offset < 0 ? 'nothing' : `offset ${offset}`;
      const detail = `offset ${before} was committed, then the coordinator told ${told} at ${askedMs} ms`;
      report('commit-back', { partition, offset, detail });
    }
  }
}
