import { anomalyKinds, type Check, type DrillResult, type Lifeline } from '@kafka-ha/history';
import type { ReportedDrill } from '../drill/reported-drill.ts';
import { random } from './random.ts';
import { acknowledgements, interruptionsOf, stripsOf } from './simulate-load.ts';

/** What a simulated drill is like. Times after the fault, in milliseconds; the defaults are a killed broker's. */
export type Scenario = {
  fault: string;
  title: string;
  planned: boolean;
  victims: readonly string[];
  limitMs: number;
  partitions: number;
  toMs: number;
  faultMs: number;
  endedAfterMs: number | null;
  detectedAfterMs: number | null;
  electedAfterMs: number | null;
  inSyncAfterMs: number | null;
  readyAfterMs: number | null;
  /** When the victims' pods were there again, though not yet ready. */
  backAfterMs: number;
  /** How long the partitions were silent: from the shortest to the longest. */
  silenceMs: readonly [number, number];
  /** The share of partitions that felt it. */
  felt: number;
  restarts: number;
  lost: number;
  /** How long a record waited for a consumer, and nobody could commit; null: no group read beside. */
  consumers: { waitedMs: number; commitMs: number; redelivered: number } | null;
  seed: number;
};

const killBroker: Scenario = {
  fault: 'kill-broker',
  title: 'SIGKILL to the JVM of the broker that leads most',
  planned: false,
  victims: ['events-kafka-2'],
  limitMs: 10_000,
  partitions: 20,
  toMs: 45_000,
  faultMs: 10_000,
  endedAfterMs: null,
  detectedAfterMs: 4312,
  electedAfterMs: 4398,
  inSyncAfterMs: 15_870,
  readyAfterMs: 19_204,
  backAfterMs: 1200,
  silenceMs: [4700, 5312],
  felt: 1,
  restarts: 1,
  lost: 0,
  consumers: { waitedMs: 812, commitMs: 5120, redelivered: 12 },
  seed: 1,
};

const brokers = [0, 1, 2, 3, 4].map((id) => `events-kafka-${id}`);
const servers = [0, 1, 2].map((id) => `events-zookeeper-${id}`);
const ratePerSecond = 10;

/** A drill's result with figures that agree with each other, the same for the same scenario. */
export function simulateDrill(differences: Partial<Scenario> = {}): ReportedDrill {
  const scenario = { ...killBroker, ...differences };
  const next = random(scenario.seed);
  const acks = acknowledgements({ ...scenario, ratePerSecond }, next);
  const interruptions = interruptionsOf(acks, scenario);
  const after = (ms: number | null) => (ms === null ? null : scenario.faultMs + ms);
  const acknowledged = acks.flat().length;
  return {
    version: 1,
    fault: scenario.fault,
    title: scenario.title,
    planned: scenario.planned,
    faultMade: true,
    victims: scenario.victims,
    cluster: {
      name: 'events',
      namespace: 'kafka',
      brokers: brokers.length,
      tolerance: 2,
      minInSync: 3,
      versions: { kafka: '3.9.2', zookeeper: '3.9.5', client: 'kafkajs 2.2.4' },
    },
    run: {
      id: `run-${scenario.seed}`,
      startedAtEpochMs: Date.UTC(2026, 10, 24, 6, 0) + scenario.seed * 60_000,
      toMs: scenario.toMs,
      partitions: scenario.partitions,
      ratePerSecond,
    },
    phases: {
      faultMs: scenario.faultMs,
      endedMs: after(scenario.endedAfterMs),
      detectedMs: after(scenario.detectedAfterMs),
      electedMs: after(scenario.electedAfterMs),
      acknowledgedMs: after(scenario.felt > 0 ? scenario.silenceMs[1] : null),
      inSyncMs: after(scenario.inSyncAfterMs),
      readyMs: after(scenario.readyAfterMs),
      restarts: scenario.restarts,
    },
    lifelines: [...brokers, ...servers].map((name) => lifeline(name, scenario)),
    minIsr: minIsr(scenario),
    strips: stripsOf(acks, scenario),
    counts: {
      sent: acknowledged,
      acknowledged,
      failed: 0,
      unknown: 0,
      unknownFound: 0,
      read: acknowledged - scenario.lost,
    },
    interruptions,
    consumers: consumersOf(scenario, acknowledged),
    verdict: judge(scenario, interruptions.writing.worst.ms, interruptions.latency.worst.ms),
  };
}

function consumersOf(
  { consumers, partitions, faultMs, lost }: Scenario,
  acknowledged: number,
): DrillResult['consumers'] {
  if (consumers === null) return null;
  const { waitedMs, commitMs, redelivered } = consumers;
  const perPartition = Array.from({ length: partitions }, (_, partition) => {
    return { partition, ms: partition === 7 ? waitedMs : Math.round(waitedMs / 8), atMs: faultMs };
  });
  const worst = { partition: 7, ms: waitedMs, atMs: faultMs };
  return {
    members: 2,
    delivery: { perPartition, medianMs: Math.round(waitedMs / 8), worst },
    commit: { partition: 0, ms: commitMs, atMs: faultMs },
    coordinators: [2, 0],
    rebalances: 0,
    delivered: acknowledged - lost,
    redelivered,
  };
}

function lifeline(name: string, { victims, faultMs, toMs, backAfterMs, readyAfterMs }: Scenario): Lifeline {
  const component = name.includes('zookeeper') ? 'zookeeper' : 'kafka';
  if (!victims.includes(name)) return { name, component, spans: [{ fromMs: 0, toMs, state: 'ready' }] };
  const backMs = faultMs + backAfterMs;
  const readyMs = readyAfterMs === null ? toMs : faultMs + readyAfterMs;
  const spans: Lifeline['spans'] = [
    { fromMs: 0, toMs: faultMs, state: 'ready' },
    { fromMs: faultMs, toMs: backMs, state: 'gone' },
    { fromMs: backMs, toMs: readyMs, state: 'not-ready' },
    { fromMs: readyMs, toMs, state: 'ready' },
  ];
  return { name, component, spans: spans.filter((span) => span.toMs > span.fromMs) };
}

function minIsr({ victims, faultMs, electedAfterMs, inSyncAfterMs }: Scenario): DrillResult['minIsr'] {
  const full = { ms: 0, size: brokers.length };
  const lost = victims.filter((name) => brokers.includes(name)).length;
  if (lost === 0 || electedAfterMs === null) return [full];
  const shrunk = { ms: faultMs + electedAfterMs, size: brokers.length - lost };
  if (inSyncAfterMs === null) return [full, shrunk];
  return [full, shrunk, { ms: faultMs + inSyncAfterMs, size: brokers.length }];
}

function judge(
  { limitMs, lost, consumers }: Scenario,
  interruptionMs: number,
  latencyMs: number,
): DrillResult['verdict'] {
  const group: Check[] =
    consumers === null
      ? []
      : [
          { objective: 'delivery', figure: consumers.waitedMs, limit: null, unit: 'ms', result: 'pass' },
          { objective: 'commit', figure: consumers.commitMs, limit: null, unit: 'ms', result: 'pass' },
          {
            objective: 'redelivered',
            figure: consumers.redelivered,
            limit: null,
            unit: 'records',
            result: 'pass',
          },
        ];
  const records = anomalyKinds.map((objective): Check => {
    const figure = objective === 'lost' ? lost : 0;
    const limit = objective === 'duplicated' ? null : 0;
    return { objective, figure, limit, unit: 'records', result: figure > 0 ? 'fail' : 'pass' };
  });
  const times = (['interruption', 'latency'] as const).map((objective): Check => {
    const figure = objective === 'interruption' ? interruptionMs : latencyMs;
    return { objective, figure, limit: limitMs, unit: 'ms', result: figure > limitMs ? 'fail' : 'pass' };
  });
  const diverged: Check = { objective: 'diverged', figure: 0, limit: 0, unit: 'partitions', result: 'pass' };
  const checks = [...records, ...times, ...group, diverged];
  return {
    result: checks.some(({ result }) => result === 'fail') ? 'fail' : 'pass',
    checks,
    reasons: [],
  };
}
