import {
  consumerLags,
  type ClusterReading,
  type CommittedOffset,
  type ConsumerLag,
  type EndHistory,
} from '@kafka-ha/metrics';

export type LagsKnown = {
  reading: Pick<ClusterReading, 'logs' | 'retention' | 'readAtMs'>;
  history: EndHistory;
};

/**
 * Of each group and topic the partitions that it is furthest behind in, by records, by time and by what is kept: the maximum of each
 * stays what it is. Where these are more than `most`, those are left whose groups are nearest to losing records.
 */
export function worstOffsets(
  offsets: readonly CommittedOffset[],
  { reading, history }: LagsKnown,
  most: number,
): CommittedOffset[] {
  const worst = new Map<string, Judged[]>();
  for (const committed of offsets) {
    const [lag] = consumerLags([committed], reading, history);
    if (lag === undefined) continue;
    const key = `${committed.group}\0${committed.topic}`;
    const judged = { committed, figures: figuresOf(lag) };
    const before = worst.get(key) ?? judged.figures.map(() => judged);
    worst.set(
      key,
      before.map((each, by) => (isWorse(judged, each, by) ? judged : each)),
    );
  }
  const kept: CommittedOffset[] = [];
  for (const each of [...worst.values()].sort(([a], [b]) => compare(b!, a!))) {
    const partitions = new Set(each.map(({ committed }) => committed));
    if (kept.length + partitions.size > most) break;
    kept.push(...partitions);
  }
  return kept;
}

type Judged = { committed: CommittedOffset; figures: readonly number[] };

/**
 * What nobody can tell is less than nothing. The one that tells of lost records first: by it groups are chosen, and of partitions
 * that are alike in one figure the one that is worse in others.
 */
function figuresOf({ retentionUsed, lagSeconds, lagRecords }: ConsumerLag): number[] {
  return [retentionUsed ?? -1, lagSeconds ?? -1, lagRecords];
}

function isWorse(a: Judged, b: Judged, by: number): boolean {
  const [ofA = 0, ofB = 0] = [a.figures[by], b.figures[by]];
  return ofA === ofB ? compare(a, b) > 0 : ofA > ofB;
}

function compare(a: Judged, b: Judged): number {
  const by = a.figures.findIndex((figure, at) => figure !== b.figures[at]);
  return by === -1 ? 0 : a.figures[by]! > b.figures[by]! ? 1 : -1;
}
