import type { AnomalyKind } from '../anomalies.ts';
import type { Acknowledged, History, Position, Read } from '../history.ts';

/** A history with one anomaly put in, and the record or partition that a checker must name. */
export type Planted = { history: History; partition: number; record?: string };

/** Alters a history that has no anomaly; `nth` says which of the places that fit. Null where none fits. */
type Planting = (history: History, nth: number) => Planted | null;

/** Ways to break a history, by what the checker must call it. */
export const plantings: Record<AnomalyKind, Record<string, Planting>> = {
  lost: {
    'the end of a log is cut off': (history, nth) => {
      const last = pick(onlyCopies(history), nth);
      if (!last) return null;
      const final = history.reads.filter(({ pass, partition, offset }) => {
        return pass !== 'final' || partition !== last.partition || offset < last.offset;
      });
      const to =
        history.readerEnd?.to.map((end, index) => (index === last.partition ? last.offset : end)) ?? [];
      return planted(last, { ...history, reads: final, readerEnd: readerEnd(history, to) });
    },
    'a record is gone from the middle': (history, nth) => {
      const reads = finalReads(history);
      const inTheMiddle = ({ partition, offset }: Acknowledged) =>
        reads.some((read) => read.partition === partition && read.offset > offset);
      const gone = pick(onlyCopies(history).filter(inTheMiddle), nth);
      if (!gone) return null;
      return planted(gone, {
        ...history,
        reads: history.reads.filter((read) => read.pass !== 'final' || !same(read, gone)),
      });
    },
  },
  duplicated: {
    'a record is stored again at the end': (history, nth) => {
      const read = pick(finalReads(history), nth);
      return read && planted(read, appended(history, read, {}));
    },
  },
  reordered: {
    'two records have changed places': (history, nth) => {
      const single = onlyCopies(history);
      const pairs = single.flatMap((first) => {
        const second = single.find(({ partition, seq }) => {
          return partition === first.partition && sentMs(history, partition, seq) > first.ms;
        });
        return second ? [{ first, second }] : [];
      });
      const pair = pick(pairs, nth);
      if (!pair) return null;
      const { first, second } = pair;
      const swap = <T extends { partition: number; seq: number; offset: number }>(item: T): T => {
        if (same(item, first)) return { ...item, offset: second.offset };
        return same(item, second) ? { ...item, offset: first.offset } : item;
      };
      const reads = [...history.reads.map(swap)].sort(
        (a, b) => a.partition - b.partition || a.offset - b.offset,
      );
      return planted(second, { ...history, acknowledged: history.acknowledged.map(swap), reads });
    },
  },
  phantom: {
    'a record appears that nobody sent': (history, nth) => {
      const read = pick(finalReads(history), nth);
      return read && planted({ ...read, seq: 1e6 }, appended(history, read, { seq: 1e6 }));
    },
    'a failed write is read': (history, nth) => {
      const ack = pick(onlyCopies(history), nth);
      if (!ack) return null;
      const { partition, seq, count, ms } = ack;
      return planted(ack, {
        ...history,
        acknowledged: history.acknowledged.filter((other) => other !== ack),
        unacknowledged: [
          ...history.unacknowledged,
          { partition, seq, count, ms, outcome: 'failed', error: 'INVALID_RECORD' },
        ],
      });
    },
    'a record lies in the wrong partition': (history, nth) => {
      const read = pick(finalReads(history), nth);
      if (!read) return null;
      const foreign = {
        pass: 'final',
        partition: read.partition,
        offset: endOf(history, read.partition),
      } as const;
      const of = { run: history.run.id, ofPartition: read.partition + 1, ofSeq: read.seq };
      const longer = { ...history, readerEnd: readerEnd(history, longerBy1(history, read.partition)) };
      return {
        partition: read.partition,
        record: `${of.ofPartition}/${of.ofSeq}`,
        history: { ...longer, foreign: [{ ...foreign, ...of }] },
      };
    },
  },
  corrupted: {
    'a record comes back with a wrong checksum': (history, nth) => {
      const read = pick(finalReads(history), nth);
      if (!read) return null;
      const { partition, offset } = read;
      const reads = history.reads.filter((other) => other !== read);
      return { partition, history: { ...history, reads, corrupt: [{ pass: 'final', partition, offset }] } };
    },
  },
  'offset-mismatch': {
    'the acknowledgement named another offset': (history, nth) => {
      const ack = pick(onlyCopies(history), nth);
      if (!ack) return null;
      const wrong = { ...ack, offset: ack.offset + 1e6 };
      return planted(ack, {
        ...history,
        acknowledged: history.acknowledged.map((other) => (other === ack ? wrong : other)),
      });
    },
  },
  'read-back': {
    'a live reader is given a record again': (history, nth) => {
      const read = pick(liveReads(history), nth);
      return read && planted(read, { ...history, reads: [...history.reads, read] });
    },
  },
  'read-gap': {
    'a live reader is not given a record': (history, nth) => {
      const reads = liveReads(history);
      const read = pick(
        reads.filter(({ partition, offset }) =>
          reads.some((r) => r.partition === partition && r.offset > offset),
        ),
        nth,
      );
      if (!read) return null;
      return {
        partition: read.partition,
        history: { ...history, reads: history.reads.filter((other) => other !== read) },
      };
    },
  },
  'watermark-back': {
    'a partition tells an older end': (history, nth) => {
      const told = history.watermarks.flatMap(({ ms, offsets }) => {
        return offsets.flatMap((offset, partition) => (offset === null ? [] : [{ ms, offset, partition }]));
      });
      const last = pick(told, nth);
      if (!last) return null;
      const offsets = history.run.startOffsets.map((_, index) =>
        index === last.partition ? last.offset - 1 : null,
      );
      return {
        partition: last.partition,
        history: { ...history, watermarks: [...history.watermarks, { ms: last.ms, offsets }] },
      };
    },
  },
  undelivered: {
    'a record is passed over by the group': (history, nth) => {
      const read = pick(finalReads(history), nth);
      if (!read) return null;
      const reads = history.reads.filter((other) => other.pass !== 'group' || !same(other, read));
      return planted(read, { ...history, reads });
    },
  },
  'commit-back': {
    'the coordinator knows of no commit': (history, nth) => {
      const last = pick(lastCommits(history), nth);
      return last && { partition: last.partition, history: told(history, { ...last, offset: -1 }) };
    },
    'the coordinator tells an older offset': (history, nth) => {
      const last = pick(lastCommits(history), nth);
      if (!last) return null;
      const older = { ...last, offset: last.offset - 1 };
      const isLate = history.group.commits.some(
        ({ outcome, offsets }) =>
          outcome === 'unknown' &&
          offsets.some(({ partition, offset }) => partition === older.partition && offset === older.offset),
      );
      return isLate ? null : { partition: last.partition, history: told(history, older) };
    },
  },
  'epoch-back': {
    'a record carries an older leader epoch': (history, nth) => {
      const reads = finalReads(history);
      const last = pick(
        reads.filter(({ partition, offset }) =>
          reads.some((r) => r.partition === partition && r.offset < offset),
        ),
        nth,
      );
      if (!last) return null;
      const raised = history.reads.map((read) => {
        const earlier =
          read.pass === 'final' && read.partition === last.partition && read.offset < last.offset;
        return earlier ? { ...read, epoch: last.epoch + 1 } : read;
      });
      return planted(last, { ...history, reads: raised });
    },
  },
};

function planted({ partition, seq }: { partition: number; seq: number }, history: History): Planted {
  return { partition, record: `${partition}/${seq}`, history };
}

function pick<T>(items: readonly T[], nth: number): T | null {
  return items[nth % Math.max(1, items.length)] ?? null;
}

function same(a: { partition: number; seq: number }, b: { partition: number; seq: number }): boolean {
  return a.partition === b.partition && a.seq === b.seq;
}

function finalReads({ reads }: History): Read[] {
  return reads.filter(({ pass, count }) => pass === 'final' && count === 1);
}

function liveReads({ reads }: History): Read[] {
  return reads.filter(({ pass, count }) => pass === 'live' && count === 1);
}

/** Acknowledged records that are stored exactly once. */
function onlyCopies(history: History): Acknowledged[] {
  const stored = new Map<string, number>();
  for (const { partition, seq } of finalReads(history)) {
    const record = `${partition}/${seq}`;
    stored.set(record, (stored.get(record) ?? 0) + 1);
  }
  return history.acknowledged.filter(
    ({ partition, seq, count }) => count === 1 && stored.get(`${partition}/${seq}`) === 1,
  );
}

/** What the group had committed at last of each partition. */
function lastCommits({ group }: History): readonly Position[] {
  return group.commits.findLast(({ outcome }) => outcome === 'acked')?.offsets ?? [];
}

/** The coordinator's word on one partition, after all else. */
function told({ group, ...history }: History, position: Position): History {
  const askedMs = 1 + Math.max(...group.commits.map(({ ms }) => ms));
  const committed = [...group.committed, { ms: askedMs, askedMs, offsets: [position] }];
  return { ...history, group: { ...group, committed } };
}

function sentMs({ sent }: History, partition: number, seq: number): number {
  return (
    sent.find((span) => span.partition === partition && span.seq <= seq && seq < span.seq + span.count)?.ms ??
    -1
  );
}

function appended(history: History, read: Read, change: Partial<Read>): History {
  const copy = { ...read, offset: endOf(history, read.partition), ...change };
  return {
    ...history,
    reads: [...history.reads, copy],
    readerEnd: readerEnd(history, longerBy1(history, read.partition)),
  };
}

function endOf({ readerEnd }: History, partition: number): number {
  return readerEnd?.to[partition] ?? 0;
}

function longerBy1({ readerEnd }: History, partition: number): number[] {
  return readerEnd?.to.map((end, index) => (index === partition ? end + 1 : end)) ?? [];
}

function readerEnd(history: History, to: readonly number[]): History['readerEnd'] {
  return history.readerEnd && { ...history.readerEnd, to };
}
