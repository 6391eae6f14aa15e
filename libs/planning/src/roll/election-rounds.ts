/** A round's share: few enough to be served again before anybody notices, without as many rounds as there are partitions. */
const least = 4;
const mostRounds = 40;

/**
 * The partitions that another one leads than their preferred leader, where that one is in sync, in rounds. All followers of
 * a partition wait until each of them has taken up its new leader, and those of one round are taken up one after the other.
 */
export function electionRounds(topics: readonly LedTopic[]): { topic: string; partition: number }[][] {
  const due = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ leader, replicas: [preferred], isr }) => {
        return preferred !== undefined && leader !== preferred && isr.includes(preferred);
      })
      .map(({ partition }) => ({ topic: name, partition })),
  );
  const size = Math.max(least, Math.ceil(due.length / mostRounds));
  return Array.from({ length: Math.ceil(due.length / size) }, (_, round) =>
    due.slice(round * size, (round + 1) * size),
  );
}

/** Who leads the partitions of a topic. */
export type LedTopic = {
  name: string;
  partitions: readonly {
    partition: number;
    leader: number | null;
    replicas: readonly number[];
    isr: readonly number[];
  }[];
};
