import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readUntil, waitFor } from '@kafka-ha/base';
import { awaitHealthy, type FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits, inMode, type Mode, type Spec } from '@kafka-ha/config';
import { defaultLoad, deleteDrillTopic, drill, planDrills, possibleFaults } from '@kafka-ha/drills';
import { withExporter } from '@kafka-ha/exporter';
import type { DrillOutcome } from '@kafka-ha/history';
import { nodeFaults } from '@kafka-ha/local-cluster';
import { components, ordinals, podOf, quorumComponentOf } from '@kafka-ha/manifests';
import { deploy, migrate, roll, scale } from '@kafka-ha/operations';
import type { Direction } from '@kafka-ha/planning';
import { openBrowser } from '@kafka-ha/report/testing/browser';
import {
  drain,
  exampleSpec,
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import { bundleWorkload } from '@kafka-ha/workload';
import { firstEvents } from './first-event.ts';
import { startLoad } from './load-under-test.ts';
import { alertsDuring, describeAlerts, fired } from './monitoring/alerts-during.ts';
import { fillDashboard } from './monitoring/dashboard-data.ts';
import { dashboardPage } from './monitoring/dashboard-page.ts';
import {
  awaitAlert,
  createSingle,
  deleteSingle,
  emptyVolume,
  fillVolume,
  keep,
  keepAll,
  singleTopic,
  type Fired,
} from './monitoring/lasting-fault.ts';
import { startPrometheus, stepSeconds, unknownCluster, type Prometheus } from './monitoring/prometheus.ts';
import { letConsumerStop } from './monitoring/slow-consumer.ts';
import { expectSame, threeCounts, type ThreeCounts } from './monitoring/three-counts.ts';
import { objectives, oneDrill } from './one-drill.ts';

const minute = 60_000;
const { signal } = new AbortController();
const actor = { holder: 'test' };
const modes = [
  ['zookeeper', 'cluster.yaml'],
  ['kraft', 'cluster.kraft.yaml'],
] as const;

/** What a broker, a server and the room on a volume bring along that are away for longer than a roll takes. */
const slow = [
  'KafkaHaVolumeFull',
  'KafkaHaVolumeFilling',
  'KafkaHaToleranceReduced',
  'KafkaHaQuorumReduced',
  'KafkaHaFindingError',
  // Of the topic that may pause.
  'KafkaHaPartitionsOffline',
];

describe.each(modes)('monitoring of a cluster with mode: %s', (mode, file) => {
  const namespace = freshNamespace('monitoring');
  const real = realCluster();
  let cluster: FencedCluster;
  let prometheus: Prometheus;

  /** The cluster as a file with so many brokers describes it, of which so many may be lost. */
  async function clusterOf(brokers: number, tolerance: number): Promise<FencedCluster> {
    const spec: Spec = await withExporter({
      ...(await exampleSpec(namespace, brokerEdits({ brokers, tolerance }), file)),
      // A broker that is cut off from the others is felt for longer than other tests allow.
      objectives: { ...objectives, interruptionMs: minute },
      metrics: { intervalMs: 1000 * stepSeconds },
      otherTopics: [{ name: singleTopic, tolerance: 0 }],
    });
    return { kube: real.kube, spec, signal };
  }

  beforeAll(async () => {
    cluster = await clusterOf(5, 2);
    const { spec } = cluster;
    await drain(deploy(cluster, { actor }));
    // Without a group there is nothing to say of consumers.
    await firstEvents(cluster, 'events');
    prometheus = await startPrometheus(real, spec);
  }, 8 * minute);

  afterAll(async () => {
    await prometheus?.[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
  }, 5 * minute);

  const seenSince = (fromMs: number) => alertsDuring(prometheus, cluster.spec, { fromMs, toMs: Date.now() });

  test(
    'no alert fires while all pods are restarted, one after the other, under load, and a topic that may pause does so',
    async () => {
      await createSingle(cluster);
      try {
        const fromMs = Date.now();
        await using load = await startLoad(cluster, 'roll');
        await drain(roll(cluster, { restart: 'all', actor }));
        await load.expectUnharmed();
        await deleteDrillTopic(cluster);
        const seen = await seenSince(fromMs);
        console.info(
          `${mode}, a roll of ${Math.round((Date.now() - fromMs) / 1000)} s: ${describeAlerts(seen)}`,
        );
        expect(fired(seen)).toEqual([]);
      } finally {
        await deleteSingle(cluster);
      }
    },
    10 * minute,
  );

  test(
    'no alert fires while a broker is taken away and added again, and with it replicas of all topics, under load',
    async () => {
      const fromMs = Date.now();
      await using load = await startLoad(cluster, 'scale');
      for (const smaller of [true, false]) {
        const wanted = smaller ? await clusterOf(4, 1) : cluster;
        await drain(scale(wanted, { toleranceIsSaid: true, actor }));
      }
      await load.expectUnharmed();
      await deleteDrillTopic(cluster);
      const seen = await seenSince(fromMs);
      console.info(
        `${mode}, 5, 4 and 5 brokers in ${Math.round((Date.now() - fromMs) / 1000)} s: ${describeAlerts(seen)}`,
      );
      expect(fired(seen)).toEqual([]);
    },
    12 * minute,
  );

  test(
    'no alert fires in a drill that passes, whatever it breaks',
    async () => {
      const { spec } = cluster;
      const nodes = await nodeFaults(await localClusterOf(real), { signal });
      const faults = possibleFaults(spec, true);
      const rows: { fault: string; result: string; fired: string[] }[] = [];
      let struckAtMs = 0;
      const onOutcome = async ({ fault, verdict: { result }, interruptions }: DrillOutcome) => {
        const seen = await seenSince(struckAtMs);
        const { worst, medianMs } = interruptions?.writing ?? {};
        console.info(
          `${mode}, ${fault} (${result}; ${worst?.ms} ms, median ${medianMs}): ${describeAlerts(seen)}`,
        );
        rows.push({ fault, result, fired: fired(seen) });
      };
      const operation = drill(cluster, {
        drills: planDrills(spec, { faults, rounds: 1, allPairs: false }, []),
        load: defaultLoad,
        bundle: await bundleWorkload(),
        durationMs: 20_000,
        nodes,
        onOutcome,
        actor,
      });
      for await (const event of operation)
        if (event.kind === 'progress' && event.data?.kind === 'struck') struckAtMs = Date.now();
      expect(rows.map(({ fault }) => fault)).toEqual(faults);
      expect(rows.filter(({ result, fired }) => result === 'fail' || fired.length > 0)).toEqual([]);
    },
    45 * minute,
  );

  test(
    "the exporter, health and Kafka's own tool count the same at ten moments of a drill and after it",
    async () => {
      const moments: ThreeCounts[] = [];
      let witness: number | undefined;
      const drilling = oneDrill(cluster, 'pause-broker', {
        durationMs: 90_000,
        onProgress: async (data) => {
          if (data.kind !== 'struck') return;
          const victims = data.victims.map(({ pod }) => pod);
          witness = ordinals(cluster.spec.brokers).find((id) => !victims.includes(podOf(cluster.spec, id)));
        },
      });
      const looking = async () => {
        const id = await waitFor('the fault', async () => witness, { deadlineMs: 3 * minute });
        const look = async () => {
          const moment = await threeCounts(cluster, id);
          if (moment !== undefined) moments.push(moment);
          return moments.length;
        };
        await readUntil(look, (count) => count === 10, { deadlineMs: 6 * minute });
      };
      await Promise.all([drilling, looking()]);
      console.info(moments.map((moment) => JSON.stringify(moment)).join('\n'));
      expect(moments).toHaveLength(10);
      expect(moments.filter(({ kafka }) => kafka.underReplicated > 0).length).toBeGreaterThanOrEqual(2);
      for (const moment of moments) expectSame(moment);
    },
    10 * minute,
  );

  test(
    'of a consumer that stops one is told before it loses a record: finding, metric, alert',
    async () => {
      const { finding, ratio, nearRetention, losesRecords } = await letConsumerStop(cluster, prometheus);
      const after = (atMs: number) => (atMs - finding) / 1000;
      console.info(
        `${mode}, since the finding: metric ${after(ratio)} s, KafkaHaConsumerNearRetention ${after(nearRetention)} s, ` +
          `KafkaHaConsumerLosesRecords ${after(losesRecords)} s`,
      );
      expect(after(ratio)).toBeGreaterThanOrEqual(0);
      expect(nearRetention).toBeGreaterThan(ratio);
      expect(losesRecords).toBeGreaterThan(nearRetention);
    },
    12 * minute,
  );

  test(
    'what lasts is told, each in its time, and each query of the dashboard finds something meanwhile',
    async () => {
      const { spec } = cluster;
      const quorum = quorumComponentOf(spec);
      const servers = components[quorum].wanted(spec).pods;
      const told: Fired[] = [];
      const expectAlerts = async (sinceMs: number, ...alerts: string[]) => {
        const wait = (alert: string) =>
          awaitAlert(cluster, prometheus, { alert, sinceMs, ofSingle: alert === 'KafkaHaPartitionsOffline' });
        told.push(...(await Promise.all(alerts.map(wait))));
      };
      const takeBroker = async (nth: number) => {
        const atMs = Date.now();
        await keep(cluster, 'kafka', spec.brokers - nth);
        return atMs;
      };
      await createSingle(cluster);
      const firstMs = await takeBroker(1);
      await keep(cluster, quorum, servers - 1);
      await fillVolume(cluster, 0, 0.95);
      const furtherLosses = async () => {
        await sleep(minute);
        expect(await lookAtDashboard()).toEqual([]);
        await expectAlerts(await takeBroker(2), 'KafkaHaNoLossLeft');
        await countTheSame();
        await expectAlerts(await takeBroker(3), 'KafkaHaWritesRefused');
        await countTheSame();
      };
      await Promise.all([expectAlerts(firstMs, ...slow), furtherLosses()]);
      const lostMs = Date.now();
      await keep(cluster, quorum, 1);
      await expectAlerts(lostMs, 'KafkaHaQuorumLost', ...(mode === 'kraft' ? ['KafkaHaNoController'] : []));
      const range = { fromMs: prometheus.startedAtMs, toMs: Date.now() };
      const unknown = await alertsDuring(prometheus, { name: unknownCluster }, range);
      const figures = told.map(
        (it) => `${it.alert} after ${it.seconds} s, ${it.forSeconds} s of it as it says`,
      );
      console.info([mode, ...figures, `of an unknown cluster: ${describeAlerts(unknown)}`].join('\n'));
      expect(fired(unknown)).toEqual(['KafkaHaNobodyWatches']);
      for (const { seconds, forSeconds } of told) expect(seconds).toBeGreaterThanOrEqual(forSeconds);
      await keepAll(cluster);
      await emptyVolume(cluster, 0);
      await drain(awaitHealthy(cluster, { deadlineMs: 5 * minute }));
      const firing = `ALERTS{kafka_cluster="${spec.name}",alertstate="firing"}`;
      await waitFor('the end of every alert', async () => (await prometheus.query(firing)).length === 0, {
        deadlineMs: minute,
      });
    },
    30 * minute,
  );

  if (mode === 'zookeeper')
    test(
      'no alert fires while the cluster moves from ZooKeeper to KRaft',
      async () => {
        const folder = await mkdtemp(join(tmpdir(), 'monitoring-'));
        const go = async (direction: Direction, from: Mode) => {
          const spec = inMode(cluster.spec, from);
          const options = { direction, backup: join(folder, direction), actor };
          await drain(migrate({ ...cluster, spec }, options));
        };
        try {
          const fromMs = Date.now();
          await go('forward', 'zookeeper');
          await go('finalize', 'dual-write');
          const seen = await seenSince(fromMs);
          console.info(
            `a migration of ${Math.round((Date.now() - fromMs) / 1000)} s: ${describeAlerts(seen)}`,
          );
          expect(fired(seen)).toEqual([]);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
      20 * minute,
    );

  async function countTheSame(): Promise<void> {
    const moment = await readUntil(
      () => threeCounts(cluster, 0),
      (it) => it !== undefined,
      { deadlineMs: minute },
    );
    console.info(JSON.stringify(moment));
    if (moment === undefined) throw new Error('no moment in which nothing changed');
    expectSame(moment);
  }

  /** The queries that find nothing. The rest is drawn, so that somebody can look at it. */
  async function lookAtDashboard(): Promise<string[]> {
    const range = { fromMs: prometheus.startedAtMs, toMs: Date.now() };
    const panels = await fillDashboard(cluster.spec, prometheus, range);
    const folder = new URL('../test-results/', import.meta.url);
    await mkdir(folder, { recursive: true });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      await page.setContent(dashboardPage(panels, range));
      await page.screenshot({
        path: fileURLToPath(new URL(`dashboard-${mode}.png`, folder)),
        fullPage: true,
      });
    } finally {
      await browser.close();
    }
    return panels.flatMap(({ empty }) => empty);
  }
});
