import fc from 'fast-check';
import { keyOf } from '../moves/replicas.ts';
import type { MovableTopic, ReassignmentInput } from './placement-problem.ts';
import type { MovePlan } from './reassignment.ts';

/** Up to so many of each. */
export type Sizes = { brokers: number; topics: number; partitions: number; racks: number };

/** Any placement on any brokers, even or not, and any brokers to go to: more, fewer, others, the same. */
export function anyReassignment(most: Sizes): fc.Arbitrary<ReassignmentInput> {
  return fc
    .record({
      from: fc.integer({ min: 1, max: most.brokers }),
      to: fc.integer({ min: 1, max: most.brokers }),
      racks: fc.integer({ min: 0, max: most.racks }),
      firstId: fc.integer({ min: 0, max: 2 }),
    })
    .chain(({ from, to, racks, firstId }) => {
      const brokers = Array.from({ length: to }, (_, index) => firstId + index);
      return fc
        .record({
          replicationFactor: fc.integer({ min: 1, max: to }),
          topics: fc.array(fc.array(aPartition(from), { maxLength: most.partitions }), {
            minLength: 1,
            maxLength: most.topics,
          }),
        })
        .map(({ replicationFactor, topics }) => ({
          brokers,
          ...(racks > 0 && { racks: new Map(brokers.map((id) => [id, `zone-${id % racks}`])) }),
          topics: topics.map((partitions, index) => ({
            topic: `topic-${index}`,
            replicationFactor,
            partitions: partitions.map((each, partition) => ({ ...each, partition })),
          })),
        }));
    });
}

function aPartition(brokers: number): fc.Arbitrary<{ replicas: number[]; bytes?: number }> {
  const ids = Array.from({ length: brokers }, (_, id) => id);
  return fc.record(
    {
      replicas: fc
        .tuple(fc.shuffledSubarray(ids, { minLength: 1 }), fc.integer({ min: 1, max: 5 }))
        .map(([list, most]) => list.slice(0, most)),
      bytes: fc.integer({ min: 0, max: 2 ** 36 }),
    },
    { requiredKeys: ['replicas'] },
  );
}

/** The replica lists of each topic once the changes are made. */
export function listsAfter({ topics }: ReassignmentInput, { changes }: MovePlan): number[][][] {
  const changed = new Map(changes.map((change) => [keyOf(change), change.replicas]));
  return topics.map(({ topic, partitions }) =>
    partitions.map(({ partition, replicas }) => [...(changed.get(keyOf({ topic, partition })) ?? replicas)]),
  );
}

/** The same input, as it is when the changes have been made. */
export function inputAfter(input: ReassignmentInput, plan: MovePlan): ReassignmentInput {
  const lists = listsAfter(input, plan);
  const topics = input.topics.map((topic, index): MovableTopic => ({
    ...topic,
    partitions: topic.partitions.map((each, at) => ({ ...each, replicas: lists[index]![at]! })),
  }));
  return { ...input, topics };
}

/** How far apart the most and the fewest are, of what `of` gives for each list. */
export function spreadOf(
  lists: readonly (readonly number[])[],
  brokers: readonly number[],
  of: (list: readonly number[]) => readonly number[],
): number {
  const counts = new Map(brokers.map((id) => [id, 0]));
  for (const id of lists.flatMap(of)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Math.max(...counts.values()) - Math.min(...counts.values());
}
