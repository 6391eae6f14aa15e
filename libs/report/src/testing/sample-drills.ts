import { anomalyKinds, noVerdict, type Anomalies, type Ledger, type LedgerEntry } from '@kafka-ha/history';
import { checkOf } from '../drill/checks.ts';
import type { ReportedDrill } from '../drill/reported-drill.ts';
import { simulateDrill, type Scenario } from './simulate-drill.ts';

/** Ten drills as a report has them: eight that passed, one that failed, one without a verdict. */
export function sampleDrills(): ReportedDrill[] {
  return [
    ...passing.map((scenario, index) => simulateDrill({ ...scenario, seed: index + 2 })),
    lossy(),
    unjudged(),
  ];
}

/** A line for each of `drills`, over and over, a day apart. */
export function sampleLedger(drills: readonly ReportedDrill[], length = 40): Ledger {
  const entries = Array.from({ length }, (_, index): LedgerEntry => {
    const drill = drills[index % drills.length] ?? simulateDrill();
    const lost = checkOf(drill, 'lost')?.figure ?? null;
    return {
      version: 1,
      at: new Date(Date.UTC(2026, 9, 1 + index, 3)).toISOString(),
      cluster: drill.cluster.name,
      fault: drill.fault,
      victims: drill.victims,
      versions: drill.cluster.versions,
      verdict: drill.verdict.result,
      figures: {
        acknowledged: drill.counts?.acknowledged ?? 0,
        lost,
        duplicated: lost === null ? null : 0,
        reordered: lost === null ? null : 0,
        interruptionMs: drill.interruptions?.writing.worst.ms ?? null,
        medianInterruptionMs: drill.interruptions?.writing.medianMs ?? null,
        availability: drill.interruptions?.availability ?? null,
      },
    };
  });
  return { entries, unreadable: [], tornLosses: 0 };
}

const passing: readonly Partial<Scenario>[] = [
  {
    fault: 'stop-broker',
    title: 'Deleted the pod of the broker that leads most: a planned restart',
    planned: true,
    victims: ['events-kafka-1'],
    limitMs: 2500,
    toMs: 40_000,
    electedAfterMs: 310,
    detectedAfterMs: 1740,
    silenceMs: [180, 1229],
    felt: 0.6,
    backAfterMs: 2900,
    inSyncAfterMs: 13_480,
    readyAfterMs: 16_020,
    restarts: 0,
  },
  {},
  {
    fault: 'kill-controller',
    title: 'SIGKILL to the JVM of the controller',
    victims: ['events-kafka-0'],
    limitMs: 12_000,
    detectedAfterMs: 5120,
    electedAfterMs: 5466,
    silenceMs: [5700, 6361],
  },
  {
    fault: 'kill-zookeeper-leader',
    title: 'SIGKILL to the JVM of the ZooKeeper server that leads',
    victims: ['events-zookeeper-2'],
    toMs: 30_000,
    detectedAfterMs: null,
    electedAfterMs: null,
    silenceMs: [0, 0],
    felt: 0,
    backAfterMs: 1100,
    inSyncAfterMs: null,
    readyAfterMs: 8900,
  },
  {
    fault: 'kill-two-brokers',
    title: 'SIGKILL to the JVMs of two brokers at once',
    victims: ['events-kafka-1', 'events-kafka-4'],
    limitMs: 15_000,
    toMs: 60_000,
    detectedAfterMs: 8730,
    electedAfterMs: 8912,
    silenceMs: [9120, 9978],
    inSyncAfterMs: 27_900,
    readyAfterMs: 31_480,
    restarts: 2,
  },
  {
    fault: 'lose-zookeeper-quorum',
    title: 'Two of three ZooKeeper servers stopped for 20 s',
    victims: ['events-zookeeper-0', 'events-zookeeper-1'],
    toMs: 55_000,
    endedAfterMs: 20_000,
    detectedAfterMs: null,
    electedAfterMs: null,
    silenceMs: [0, 0],
    felt: 0,
    backAfterMs: 20_000,
    inSyncAfterMs: null,
    readyAfterMs: 26_700,
  },
  {
    fault: 'cut-node',
    title: 'The node of the broker that leads most cut off without a word',
    victims: ['events-kafka-3'],
    limitMs: 15_000,
    toMs: 75_000,
    endedAfterMs: 25_000,
    detectedAfterMs: 6180,
    electedAfterMs: 6254,
    silenceMs: [6796, 10_782],
    backAfterMs: 25_900,
    inSyncAfterMs: 37_200,
    readyAfterMs: 39_800,
  },
  {
    fault: 'pause-broker',
    title: 'SIGSTOP to the JVM of the broker that leads most, for 20 s',
    victims: ['events-kafka-2'],
    limitMs: 15_000,
    toMs: 70_000,
    endedAfterMs: 20_000,
    detectedAfterMs: 6020,
    electedAfterMs: 6106,
    silenceMs: [6300, 6644],
    backAfterMs: 6020,
    inSyncAfterMs: 22_400,
    readyAfterMs: 24_100,
    restarts: 0,
  },
];

function lossy(): ReportedDrill {
  const drill = simulateDrill({
    fault: 'crash-node',
    title: 'The node of a broker crashed, min.insync.replicas 1 and unclean elections on',
    victims: ['events-kafka-3'],
    toMs: 60_000,
    limitMs: 15_000,
    detectedAfterMs: 6702,
    electedAfterMs: 6790,
    silenceMs: [7000, 17_240],
    inSyncAfterMs: 41_000,
    readyAfterMs: null,
    lost: 3,
    seed: 40,
  });
  return { ...drill, anomalies: threeLost() };
}

function unjudged(): ReportedDrill {
  const drill = simulateDrill({
    fault: 'cut-peers',
    title: 'A broker cut off from the others, not from ZooKeeper',
  });
  const reason = 'the workload’s pod was gone after 31 s: its history has no end';
  return {
    ...drill,
    phases: { ...drill.phases, acknowledgedMs: null, inSyncMs: null, readyMs: null },
    counts: null,
    interruptions: null,
    consumers: null,
    strips: { stepMs: 200, partitions: [] },
    verdict: noVerdict(reason),
  };
}

function threeLost(): Anomalies {
  const none = Object.fromEntries(anomalyKinds.map((kind) => [kind, { count: 0, examples: [] }])) as unknown;
  const examples = [1041, 1042, 1043].map((seq) => ({
    partition: 7,
    record: `7/${seq}`,
    offset: seq + 12,
    detail: `acknowledged at offset ${seq + 12}, not there at the end`,
  }));
  return { ...(none as Anomalies), lost: { count: 3, examples } };
}
