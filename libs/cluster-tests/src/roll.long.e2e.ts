import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { names, podOf } from '@kafka-ha/manifests';
import { nodeFaults } from '@kafka-ha/local-cluster';
import {
  drain,
  exampleSpec,
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { awaitHealthy, type FencedCluster, readPods, writeRestartRequests } from '@kafka-ha/cluster';
import { deploy, roll, rollComponent, type RolledPod } from '@kafka-ha/operations';
import { faultOf, pauseJvm } from '@kafka-ha/drills';
import { startLoad, type Load } from './load-under-test.ts';
import { anotherBroker, changed, ledByOthers, uidsOf, untilOutOfSync } from './observe-roll.ts';
import { expectBackOnFormerRevision, poisons } from './poisons.ts';

const minute = 60_000;
const namespace = freshNamespace('roll');
const real = realCluster();
const { signal } = new AbortController();
const actor = { holder: 'test' };
let cluster: FencedCluster;
let load: Load | undefined;

describe('roll', () => {
  beforeAll(async () => {
    cluster = { kube: real.kube, spec: await exampleSpec(namespace), signal };
    await drain(deploy(cluster, { actor }));
    load = await startLoad(cluster, 'roll');
  }, 5 * minute);

  afterAll(async () => {
    await load?.[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
  }, 3 * minute);

  test.each(['heap', 'image'] as const)(
    'a change of the %s that no broker bears goes back: four brokers serve throughout, and the error says what was wrong',
    (poison) => expectBackOnFormerRevision(cluster, poisons[poison]),
    4 * minute,
  );

  test(
    'while a broker is away by itself, no other is taken',
    async () => {
      const due = (await readPods(cluster)).filter(
        ({ component, ordinal }) => component === 'kafka' && [1, 2].includes(ordinal),
      );
      await writeRestartRequests(
        cluster,
        'kafka',
        due.map(({ uid }) => uid),
      );
      const taken: { pod: string; away: string[] }[] = [];
      const waits: string[] = [];
      for await (const event of roll(cluster, { actor })) {
        if (event.kind !== 'progress') continue;
        if (event.data?.kind === 'waits') waits.push(...event.data.reasons);
        if (event.data?.kind !== 'stops') continue;
        const { pod } = event.data;
        const pods = await readPods(cluster);
        taken.push({ pod, away: pods.filter(({ ready }) => !ready).map(({ name }) => name) });
        const other = { component: 'kafka', pod: podOf(cluster.spec, 3), node: '', ordinal: 3 } as const;
        // Longer than the first takes to be back.
        if (taken.length === 1) await pauseJvm(cluster, other, { durationMs: 40_000 });
      }
      expect(taken.map(({ pod }) => pod).sort()).toEqual([podOf(cluster.spec, 1), podOf(cluster.spec, 2)]);
      expect(taken[1]?.away).toEqual([]);
      expect(waits.join()).toMatch(/kafka-3|broker 3/);
    },
    3 * minute,
  );

  test(
    'while a broker is out of sync, no other is taken; for which partitions is said, until the deadline',
    async () => {
      await drain(awaitHealthy(cluster));
      const before = await uidsOf(cluster);
      const victim = await anotherBroker(cluster, 1, load!);
      const nodes = await nodeFaults(await localClusterOf(real), { signal });
      const { strike, end } = faultOf(cluster.spec, 'cut-peers');
      const hands = { cluster, nodes, durationMs: 0 };
      const due = (await readPods(cluster)).filter(({ name }) => name === podOf(cluster.spec, 1));
      await strike([victim], hands);
      try {
        await untilOutOfSync(cluster, victim.ordinal);
        await writeRestartRequests(
          cluster,
          'kafka',
          due.map(({ uid }) => uid),
        );
        const waiting = rollComponent(cluster, 'kafka', signal, { turnWithinMs: 10_000 });
        const told: string[] = [];
        await expect(
          (async () => {
            for await (const each of waiting) told.push(typeof each === 'string' ? each : each.detail);
          })(),
        ).rejects.toMatchObject({
          code: 'deadline-exceeded',
          details: expect.arrayContaining([expect.stringMatching(new RegExp(`-\\d+ .*${victim.ordinal}`))]),
        });
        expect(told.join()).toMatch(/kafka-1 waits: /);
      } finally {
        await end?.([victim], hands);
      }
      expect(await uidsOf(cluster)).toEqual(before);
      await drain(roll(cluster, { actor }));
      expect(changed(before, await uidsOf(cluster))).toEqual([podOf(cluster.spec, 1)]);
    },
    4 * minute,
  );

  test(
    'all pods are restarted in little more than the time that they take, and whoever writes hardly notices',
    async () => {
      await drain(awaitHealthy(cluster));
      const rolled: RolledPod[] = [];
      const ledElsewhere: string[][] = [];
      const since = Date.now();
      for await (const event of roll(cluster, { restart: 'all', actor })) {
        if (event.kind !== 'progress') continue;
        if (event.data?.kind === 'restarted') rolled.push(event.data.pod);
        if (event.data?.kind === 'stops' && event.data.component === 'kafka')
          ledElsewhere.push(await ledByOthers(cluster));
      }
      const tookMs = Date.now() - since;
      const ownMs = rolled.reduce(
        (sum, { stopMs, startMs, catchUpMs }) => sum + stopMs + startMs + catchUpMs,
        0,
      );
      console.info(`rolled in ${tookMs} ms, of which the pods took ${ownMs}: ${JSON.stringify(rolled)}`);
      expect(rolled).toHaveLength(8);
      const brokers = rolled.filter(({ pod }) => pod.startsWith(names(cluster.spec).kafka));
      expect(ledElsewhere).toEqual(Array(5).fill([]));
      expect(tookMs / ownMs).toBeLessThan(1.5);
      // Over all tests of this file nothing was lost. Of the waiting only this roll's counts: in another a broker was killed.
      const { worstMs, medianMs } = await load!.expectUnharmed({ since });
      // Others lead long before a broker is back.
      const quickestStartMs = Math.min(...brokers.map(({ startMs }) => startMs));
      expect(worstMs).toBeLessThan(quickestStartMs);
      expect(medianMs).toBeLessThan(quickestStartMs / 2);
    },
    8 * minute,
  );
});
