import type { Usage } from '@kafka-ha/config';
import type { PodSample } from '@kafka-ha/cluster';
import { valueOf, type PodState, type Reading } from '@kafka-ha/health';

/** By broker; one whose container does not tell has the reason. */
export type BrokerSamples = ReadonlyMap<number, Reading<PodSample>>;

type Seen = {
  before: BrokerSamples;
  after: BrokerSamples;
  /** Cores of each broker by the metrics API: for those whose container does not tell. */
  metered: ReadonlyMap<number, number>;
  pods: readonly PodState[];
  /** Milliseconds since 1970. */
  nowMs: number;
};

/** A JVM that has just started compiles, and a broker that has just started catches up: for so long that is not what it needs. */
const settlesWithinMs = 5 * 60_000;

/** What the brokers' containers took of CPU and memory between two samples. */
export function brokerUsage({ before, after, metered, pods, nowMs }: Seen): BrokerUsage {
  const brokers = pods.filter(({ component }) => component === 'kafka');
  const settled = [...after].filter(([id]) => {
    const { startedAt } = brokers.find(({ ordinal }) => ordinal === id) ?? {};
    return startedAt === undefined || nowMs - Date.parse(startedAt) >= settlesWithinMs;
  });
  const samples = [...after.values()].flatMap((sample) => valueOf(sample) ?? []);
  const cores = settled.flatMap(([id, sample]) =>
    sample.kind === 'read' ? coresBetween(before.get(id), sample) : (metered.get(id) ?? []),
  );
  const outside = samples.map(({ anonymousBytes, heapBytes }) => anonymousBytes - heapBytes);
  return {
    ...(cores.length > 0 && { cpuCores: Math.max(...cores) }),
    ...(outside.length > 0 && { outsideHeapBytes: Math.max(0, ...outside) }),
    killedForMemory: brokers
      .filter(({ lastTermination }) => lastTermination?.reason === 'OOMKilled')
      .map(({ name }) => name),
    unread: unreadOf(after, { isMetered: metered.size > 0, settled: settled.length }),
  };
}

type BrokerUsage = Pick<Usage, 'cpuCores' | 'outsideHeapBytes' | 'killedForMemory'> & { unread: string[] };

/** None of a container that has restarted in between: its counter began again. */
function coresBetween(before: Reading<PodSample> | undefined, after: Reading<PodSample>): number[] {
  const [from, to] = [before && valueOf(before), valueOf(after)];
  if (from === undefined || to === undefined) return [];
  const seconds = (to.uptimeMs - from.uptimeMs) / 1000;
  const used = to.cpuSeconds - from.cpuSeconds;
  return seconds > 0 && used >= 0 ? [used / seconds] : [];
}

function unreadOf(
  after: BrokerSamples,
  { isMetered, settled }: { isMetered: boolean; settled: number },
): string[] {
  const [reason] = [...after.values()].flatMap((sample) => ('reason' in sample ? [sample.reason] : []));
  if (reason !== undefined)
    return [`${isMetered ? 'memory' : 'CPU and memory'} of the brokers could not be read: ${reason}`];
  return settled > 0
    ? []
    : ['CPU of the brokers was not judged: all have started within the last five minutes'];
}
