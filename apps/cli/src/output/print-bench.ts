import { ofComponent } from '@kafka-ha/manifests';
import { formatBytes, formatDuration, formatRate } from '@kafka-ha/config';
import { count, grouped } from '@kafka-ha/base';
import type { BenchResult, MemoryPeaks, PodUsage } from '@kafka-ha/drills';
import { colorsOf } from './colors.ts';

/** What a bench measured: the figures, a table of the pods, and whether they held. */
export function printBench(result: BenchResult, toolPeakBytes: number, stream: NodeJS.WriteStream): void {
  const { bold, dim, green, red } = colorsOf(stream);
  const losses = lossesOf(result);
  const figures = figuresOf(result);
  const labels = Math.max(...figures.map(({ label }) => label.length));
  const [heading = '', ...rows] = tableOf(result);
  const lines = [
    '',
    bold('At full speed'),
    `  ${dim(settingsOf(result))}`,
    ...figures.map(({ label, value, why }) =>
      `  ${dim(label.padEnd(labels))}  ${value}  ${dim(why)}`.trimEnd(),
    ),
    '',
    bold('By pod'),
    `  ${dim('peak of each kind of memory; page cache fills free memory and is reclaimed when needed; CPU without the warm-up')}`,
    `  ${dim(heading)}`,
    ...rows.map((row) => `  ${row}`),
    `  ${dim(`kafka-ha itself: ${formatBytes(toolPeakBytes)}`)}`,
    '',
    losses.length === 0
      ? `${green('✓')} no restart, no OOM kill, no write refused`
      : `${red('✗')} ${losses.join(', ')}`,
  ];
  stream.write(`${lines.join('\n')}\n`);
}

function settingsOf({ recordBytes, partitions, replicationFactor, warmUp }: BenchResult): string {
  return (
    `acks=all, records of ${count(recordBytes, 'byte')}, not compressed, ${count(partitions, 'partition')} × ${count(replicationFactor, 'replica')}, ` +
    `after ${formatDuration(warmUp.durationMs)} of warm-up`
  );
}

function figuresOf(result: BenchResult): { label: string; value: string; why: string }[] {
  const { records, recordBytes, durationMs, recordsPerSecond, bytesPerSecond, latency, brokerCpu } = result;
  const { p50, p95, p99, average, max } = latency;
  const percentiles = p50 === null ? [] : [`median ${p50}`, `95 % ${p95}`, `99 % ${p99}`];
  const latencies = [`average ${Math.round(average)}`, ...percentiles, `most ${Math.round(max)}`];
  return [
    {
      label: 'throughput',
      value: `${formatRate(bytesPerSecond)}, ${grouped(Math.round(recordsPerSecond))} records/s`,
      why: `${count(records, 'record')}, ${((records * recordBytes) / 1e9).toFixed(1)} GB in ${formatDuration(durationMs)}`,
    },
    {
      label: 'latency',
      value: `${latencies.join(', ')} ms`,
      why: "mostly waiting in the producer's full queue",
    },
    {
      label: 'broker CPU',
      value: `${brokerCpu.secondsPerGb.toFixed(1)} CPU-s/GB`,
      why: `${brokerCpu.seconds.toFixed(0)} CPU-s of all brokers, replication included`,
    },
  ];
}

const columns = [
  'pod',
  'heap',
  'outside heap',
  'page cache',
  'kernel',
  'in all',
  'limit',
  'CPU',
  'restarts',
  'OOM kills',
];

function tableOf({ pods, worstBroker }: BenchResult): string[] {
  const brokers = ofComponent(pods, 'kafka');
  const others = pods.filter((pod) => !brokers.includes(pod));
  const worst = ['worst broker', ...memoryCells(worstBroker), '', '', '', ''];
  const rows = [columns, ...brokers.map(cellsOf), worst, ...others.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf({ pod, peaks, limitBytes, cpuSeconds, restarts, oomKills }: PodUsage): string[] {
  return [
    pod,
    ...memoryCells(peaks),
    formatBytes(limitBytes),
    `${cpuSeconds.toFixed(1)} s`,
    String(restarts),
    String(oomKills),
  ];
}

function memoryCells(peaks: MemoryPeaks): string[] {
  const { heapBytes, outsideHeapBytes, pageCacheBytes, kernelBytes, totalBytes } = peaks;
  return [heapBytes, outsideHeapBytes, pageCacheBytes, kernelBytes, totalBytes].map(formatBytes);
}

function lossesOf({ pods, failedRecords }: BenchResult): string[] {
  const said = pods.flatMap(({ pod, restarts, oomKills }) => [
    ...(restarts === 0 ? [] : [`${pod} restarted ${times(restarts)}`]),
    ...(oomKills === 0 ? [] : [`${pod} was killed for memory ${times(oomKills)}`]),
  ]);
  return failedRecords === 0
    ? said
    : [...said, `${count(failedRecords, 'write was', 'writes were')} refused`];
}

function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`;
}
