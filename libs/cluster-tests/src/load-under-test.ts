import { expect } from '@jest/globals';
import { check, interruptions, parseHistory } from '@kafka-ha/history';
import { bundleWorkload } from '@kafka-ha/workload';
import type { FencedCluster } from '@kafka-ha/cluster';
import { createDrillTopic, defaultLoad, Workload } from '@kafka-ha/drills';

/** At the rate of a drill the load alone takes two thirds of two cores, and whatever a test waits for is started on the rest. */
const load = { ...defaultLoad, ratePerSecond: 4, consumers: 0 };

/** A drill's load without a drill: it writes to every broker all the time, whatever a test does meanwhile. */
export async function startLoad(cluster: FencedCluster, runId: string) {
  await createDrillTopic(cluster, { partitions: load.partitions, topic: {} });
  const bundle = await bundleWorkload();
  const workload = await Workload.start(cluster, { runId, load, bundle });
  return {
    node: workload.node,
    [Symbol.asyncDispose]: () => workload[Symbol.asyncDispose](),
    /**
     * Ends it; fails where anything was lost, duplicated or reordered. Returns how long a partition was without writes
     * since then, a time of this machine's clock, and prints it for each step of what was done meanwhile.
     */
    async expectUnharmed({ since = 0, steps = [] }: Stretches = {}): Promise<{
      worstMs: number;
      medianMs: number;
    }> {
      const history = parseHistory(await workload.stop());
      if (history === null) throw new Error('the load has told nothing');
      const { counts, anomalies, incomplete } = check(history);
      const runMs = (at: number) => Math.max(3_000, at + workload.clockOffsetMs - history.run.startedAt);
      const { writing } = interruptions(history, { fromMs: runMs(since) });
      for (const [index, { title, endedAt }] of steps.entries()) {
        const stretch = { fromMs: runMs(steps[index - 1]?.endedAt ?? since), toMs: runMs(endedAt) };
        const { worst, medianMs } = interruptions(history, stretch).writing;
        console.info(`${title}: interrupted ${worst.ms} ms at worst, ${medianMs} ms in the median`);
      }
      console.info(
        `interrupted ${writing.worst.ms} ms at worst, ${writing.medianMs} ms in the median, ${JSON.stringify(counts)}`,
      );
      expect(incomplete).toEqual({ writing: [], reading: [], consuming: [] });
      expect(Object.values(anomalies).filter(({ count }) => count > 0)).toEqual([]);
      const { partitions, ratePerSecond } = history.run;
      const intended = (partitions * ratePerSecond * (history.writerEnd?.stoppedMs ?? NaN)) / 1000;
      // It has run at all: how long depends on the machine.
      expect(intended).toBeGreaterThan(500);
      expect(counts.acknowledged).toBeGreaterThan(intended * 0.99);
      return { worstMs: writing.worst.ms, medianMs: writing.medianMs };
    },
  };
}

type Stretches = { since?: number; steps?: readonly { title: string; endedAt: number }[] };

export type Load = Awaited<ReturnType<typeof startLoad>>;
