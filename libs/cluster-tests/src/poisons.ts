import { expect } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { drain } from '@kafka-ha/testing';
import { awaitHealthy, type Cluster } from '@kafka-ha/cluster';
import { deploy } from '@kafka-ha/operations';
import { changed, kafkaRevision, uidsOf, watchPods } from './observe-roll.ts';

const actor = { holder: 'test' };

export type Poison = { change: (spec: Spec) => Partial<Spec>; details: RegExp[] };

/** Changes that no broker bears, and what the error says of each. */
export const poisons = {
  /** That Kafka refuses. */
  setting: {
    change: ({ kafkaConfig }) => ({ kafkaConfig: { ...kafkaConfig, 'log.retention.hours': 'soon' } }),
    details: [
      /log: .*Invalid value soon for configuration log.retention.hours/,
      /^changed: .*log\.retention\.hours: 72 → soon$/,
    ],
  },
  /** Larger than the machine. */
  heap: {
    change: ({ sizing }) => ({ sizing: { ...sizing, heapBytes: 2 ** 42 } }),
    details: [/log: .*(heap|memory)/i, /^changed: .*-Xmx/],
  },
  /** That does not exist. */
  image: {
    change: ({ images }) => ({ images: { ...images, kafka: 'apache/kafka:3.9.99' } }),
    details: [/3\.9\.99/, /^changed: .*image: .*3\.9\.2 → .*3\.9\.99$/],
  },
} satisfies Record<string, Poison>;

/** Deploys it: one broker meets it and goes back, and the others never notice. */
export async function expectBackOnFormerRevision(
  cluster: Cluster,
  { change, details }: Poison,
): Promise<void> {
  const { spec } = cluster;
  const before = await uidsOf(cluster);
  const revision = await kafkaRevision(cluster);
  await using watch = watchPods(cluster);
  const poisoned = { ...cluster, spec: { ...spec, ...change(spec) } };
  const error: unknown = await drain(deploy(poisoned, { actor })).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'pod-failed',
    message: expect.stringContaining('is back on its former revision'),
    details: expect.arrayContaining(details.map((detail): unknown => expect.stringMatching(detail))),
  });
  expect(await watch.mostAway()).toBe(1);
  expect(changed(before, await uidsOf(cluster))).toHaveLength(1);
  expect(await kafkaRevision(cluster)).toBe(revision);
  await drain(awaitHealthy(cluster));
}
