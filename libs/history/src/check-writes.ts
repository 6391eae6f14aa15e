import type { Report } from './anomalies.ts';
import type { PartitionHistory, Write } from './partition-history.ts';

/** What must hold between what the writer was told and what was read back. */
export function checkWrites(
  partition: PartitionHistory,
  { readToTheEnd }: { readToTheEnd: boolean },
  report: Report,
): void {
  checkCopies(partition, report);
  checkOrder(partition, report);
  if (readToTheEnd) for (const write of partition.writes.values()) checkKept(write, partition, report);
}

function checkCopies({ partition, passes }: PartitionHistory, report: Report): void {
  for (const [seq, offsets] of passes.final.offsets) {
    const [first, ...copies] = [...offsets].sort((a, b) => a - b);
    const record = `${partition}/${seq}`;
    for (const offset of copies)
      report('duplicated', { partition, record, offset, detail: `first at offset ${first}` });
  }
}

/** What was acknowledged, and what somebody read, must be there at the end, at the same offset. */
function checkKept(
  { seq, acknowledged }: Write,
  { partition, passes }: PartitionHistory,
  report: Report,
): void {
  const record = `${partition}/${seq}`;
  const found = passes.final.offsets.get(seq);
  const claims = [
    ...(acknowledged ? [{ offset: acknowledged.offset, how: 'acknowledged' }] : []),
    ...[...(passes.live.offsets.get(seq) ?? [])].map((offset) => ({ offset, how: 'read' })),
  ];
  for (const { offset, how } of claims) {
    // A record that came back corrupted is counted as that.
    if (found?.has(offset) || passes.final.corrupt.has(offset)) continue;
    if (found) {
      const detail = `${how} at offset ${offset}, found at ${[...found].join(', ')}`;
      return report('offset-mismatch', { partition, record, offset, detail });
    }
    return report('lost', { partition, record, offset, detail: `${how} at offset ${offset}, then gone` });
  }
}

/** A write that left after another's acknowledgement had come must lie behind it. */
function checkOrder({ partition, writes, passes }: PartitionHistory, report: Report): void {
  const acknowledged = [...writes.values()]
    .flatMap(({ seq, acknowledged }) => (acknowledged ? [{ seq, ...acknowledged }] : []))
    .sort((a, b) => a.ms - b.ms);
  const sent = [...writes.values()]
    .flatMap(({ seq, sentMs }) => (sentMs === undefined ? [] : [{ seq, sentMs }]))
    .sort((a, b) => a.sentMs - b.sentMs);
  let furthest = { offset: -1, seq: -1 };
  let next = 0;
  for (const { seq, sentMs } of sent) {
    // Strictly before: within one millisecond nobody knows which was first.
    for (let ack = acknowledged[next]; ack && ack.ms < sentMs; ack = acknowledged[(next += 1)])
      if (ack.offset > furthest.offset) furthest = ack;
    const own = writes.get(seq)?.acknowledged;
    const offsets = [...(passes.final.offsets.get(seq) ?? []), ...(own ? [own.offset] : [])];
    for (const offset of offsets.filter((offset) => offset <= furthest.offset)) {
      const detail = `sent after ${partition}/${furthest.seq} was acknowledged at offset ${furthest.offset}`;
      report('reordered', { partition, record: `${partition}/${seq}`, offset, detail });
    }
  }
}
