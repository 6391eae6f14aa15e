import { partLatencies, type Interruptions, type Strips } from '@kafka-ha/history';

export type Ack = { intendedMs: number; ms: number };

type Load = {
  partitions: number;
  toMs: number;
  faultMs: number;
  ratePerSecond: number;
  silenceMs: readonly [number, number];
  felt: number;
};

const stepMs = 200;

/** Of each partition, its writes in order: one in flight, so that those that waited follow quickly, one by one. */
export function acknowledgements(load: Load, next: () => number): Ack[][] {
  const { partitions, toMs, faultMs, ratePerSecond, silenceMs, felt } = load;
  return Array.from({ length: partitions }, (_, partition) => {
    const [shortest, longest] = silenceMs;
    const share = partition === 7 ? 1 : next();
    const isFelt = partition === 7 ? felt > 0 : next() < felt;
    const silentUntil = isFelt ? faultMs + shortest + share * (longest - shortest) : faultMs;
    const acks: Ack[] = [];
    let freeAt = 0;
    for (let seq = 0; ; seq += 1) {
      const intendedMs = Math.round((seq + partition / partitions) * (1000 / ratePerSecond));
      if (intendedMs >= toMs) return acks;
      const sentMs = Math.max(intendedMs, freeAt);
      const normal = sentMs + latency(next);
      freeAt = Math.round(normal >= faultMs && sentMs < silentUntil ? silentUntil : normal);
      acks.push({ intendedMs, ms: freeAt });
    }
  });
}

export function stripsOf(acks: readonly Ack[][], { toMs }: { toMs: number }): Strips {
  const steps = Math.ceil(toMs / stepMs);
  return {
    stepMs,
    partitions: acks.map((ofPartition, partition) => {
      const worstLatencyMs: (number | null)[] = Array.from({ length: steps }, () => null);
      const acknowledged = Array.from({ length: steps }, () => 0);
      for (const { intendedMs, ms } of ofPartition) {
        const step = Math.min(steps - 1, Math.floor(ms / stepMs));
        worstLatencyMs[step] = Math.max(worstLatencyMs[step] ?? 0, ms - intendedMs);
        acknowledged[step] = (acknowledged[step] ?? 0) + 1;
      }
      return { partition, worstLatencyMs, acknowledged };
    }),
  };
}

export function interruptionsOf(
  acks: readonly Ack[][],
  { toMs, faultMs, partitions }: Pick<Load, 'toMs' | 'faultMs' | 'partitions'>,
): Interruptions {
  const gaps = acks.map((ofPartition) =>
    ofPartition.map(({ ms }, index) => {
      const atMs = ofPartition[index - 1]?.ms ?? 0;
      return { ms: ms - atMs, atMs };
    }),
  );
  const latencies = acks.map((ofPartition) =>
    ofPartition.map(({ ms, intendedMs }) => ({ ms: ms - intendedMs, atMs: intendedMs })),
  );
  const { before, after } = partLatencies(latencies.flat(), faultMs);
  const silent = gaps.flat().filter(({ ms }) => ms > 1000);
  return {
    fromMs: 0,
    toMs,
    writing: spread(gaps),
    latency: spread(latencies),
    reading: spread(gaps),
    availability: 1 - silent.reduce((sum, { ms }) => sum + ms, 0) / (partitions * toMs),
    latencyBeforeFault: distribution(before),
    latencyAfterFault: distribution(after),
    stalledMs: 12,
  };
}

/** A few milliseconds, seldom more: what a busy two-core machine shows. */
function latency(next: () => number): number {
  const rare = next();
  return 4 + next() * 9 + (rare > 0.985 ? next() * 120 : 0) + (rare > 0.9985 ? next() * 300 : 0);
}

function spread(values: readonly { ms: number; atMs: number }[][]): Interruptions['writing'] {
  const perPartition = values.map((ofPartition, partition) => ({
    partition,
    ...ofPartition.reduce((worst, value) => (value.ms > worst.ms ? value : worst), { ms: 0, atMs: 0 }),
  }));
  const sorted = [...perPartition].sort((a, b) => a.ms - b.ms);
  return {
    perPartition,
    medianMs: sorted[Math.floor(sorted.length / 2)]?.ms ?? 0,
    worst: sorted.at(-1) ?? { partition: 0, ms: 0, atMs: 0 },
  };
}

function distribution(latencies: readonly { ms: number }[]) {
  const sorted = latencies.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
