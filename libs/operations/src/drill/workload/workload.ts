import { isKafkaHaError, KafkaHaError } from '@kafka-ha/errors';
import { execInPod, getObject, podLogs, request, waitFor, type Kube, type Pod } from '@kafka-ha/kube';
import type { Cluster } from '../../connect.ts';
import { guestFailed, startGuest } from '../../guest/run-guest.ts';
import { workloadObjects, type Load } from './workload-objects.ts';

export type WorkloadOptions = { runId: string; load: Load; bundle: string; signal: AbortSignal };

/** It is ready to write within a minute, or gives up. */
const firstLineWithinMs = 75_000;
/** Half a minute for outcomes, two minutes to read everything back, and the API server may be away meanwhile. */
const endWithinMs = 200_000;
const pollMs = 2_000;
/** Of 8 lines a second: what came since the last poll, with room for one that failed. */
const linesPerPoll = 200;
const allLines = 1_000_000;

/** A drill's load while it runs, and what it has told so far. */
export class Workload {
  readonly node: string;
  /** Add this to this machine's clock to get the cluster's. */
  readonly clockOffsetMs: number;
  readonly #cluster: Cluster;
  readonly #pod: string;
  /** In the order in which they came. A line that was read twice is there once. */
  readonly #lines: Set<string>;
  readonly #stopFollowing = new AbortController();
  readonly #following: Promise<void>;

  private constructor(
    cluster: Cluster,
    pod: Pod,
    { lines, clockOffsetMs, signal }: { lines: Set<string>; clockOffsetMs: number; signal: AbortSignal },
  ) {
    this.#cluster = cluster;
    this.#pod = pod.metadata.name;
    this.#lines = lines;
    this.node = pod.spec.nodeName ?? '';
    this.clockOffsetMs = clockOffsetMs;
    this.#following = this.#follow(AbortSignal.any([signal, this.#stopFollowing.signal]));
  }

  /**
   * Starts the load and waits until it writes.
   *
   * @throws KafkaHaError `pod-failed`, `deadline-exceeded`
   */
  static async start(cluster: Cluster, options: WorkloadOptions): Promise<Workload> {
    const { kube, spec } = cluster;
    const { signal } = options;
    const { configMap, job } = workloadObjects(spec, options);
    await request(kube, {
      method: 'POST',
      path: `/api/v1/namespaces/${spec.namespace}/configmaps`,
      body: configMap,
      what: `create ConfigMap ${configMap.metadata.name}`,
      signal,
    });
    const { metadata } = await startGuest(cluster, job, signal);
    const lines = new Set<string>();
    const pod = await waitFor(
      'the load to write its first records',
      async (probeSignal) => {
        const pod = await readPod(cluster, metadata.name, probeSignal);
        for (const line of await readLog(cluster, metadata.name, linesPerPoll, probeSignal)) lines.add(line);
        if (pod === undefined || hasEnded(pod))
          throw guestFailed('The load', pod ?? { ...configMap, spec: { containers: [] } }, [...lines]);
        return [...lines].some(isHistory) ? pod : undefined;
      },
      { deadlineMs: firstLineWithinMs, intervalMs: 500, signal },
    );
    const clockOffsetMs = await clockOffset(kube, { namespace: spec.namespace, pod: metadata.name, signal });
    return new Workload(cluster, pod, { lines, clockOffsetMs, signal });
  }

  /**
   * Ends writing, waits until everything is read back, and gives all that the load has told. Where it cannot be ended as
   * it should, for the pod is gone or does not answer, what it told until then: the missing end speaks for itself.
   */
  async stop(signal: AbortSignal): Promise<string> {
    const { spec, kube } = this.#cluster;
    const ended = await this.#untilAnswered('the load to end', signal, async (probeSignal) => {
      const pod = await readPod(this.#cluster, this.#pod, probeSignal);
      if (pod === undefined || hasEnded(pod)) return true;
      await execInPod(kube, {
        namespace: spec.namespace,
        pod: this.#pod,
        container: 'workload',
        command: ['sh', '-c', 'test -e /proc/1 && kill -TERM 1'],
        timeoutMs: 10_000,
        signal: probeSignal,
      });
      return true;
    });
    if (ended)
      await this.#untilAnswered('the load to read everything back', signal, async (probeSignal) => {
        const pod = await readPod(this.#cluster, this.#pod, probeSignal);
        if (pod !== undefined && !hasEnded(pod)) return false;
        await this.#take(allLines, probeSignal);
        return true;
      });
    await this[Symbol.asyncDispose]();
    return [...this.#lines].join('\n');
  }

  /** Reads no more of what it tells; the load itself goes on until it is stopped or removed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopFollowing.abort();
    await this.#following;
  }

  /** True when `probe` was; false at the deadline. Refusals on the way, such as of an API server that is away, are borne. */
  async #untilAnswered(
    what: string,
    signal: AbortSignal,
    probe: (signal: AbortSignal) => Promise<boolean>,
  ): Promise<boolean> {
    try {
      return await waitFor(what, (probeSignal) => orFalse(() => probe(probeSignal), signal), {
        deadlineMs: endWithinMs,
        intervalMs: 500,
        signal,
      });
    } catch (error) {
      if (isKafkaHaError(error) && error.code === 'deadline-exceeded') return false;
      throw error;
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#take(linesPerPoll, signal).catch(() => undefined);
      await this.#cluster.kube.clock.sleep(pollMs, signal).catch(() => undefined);
    }
  }

  async #take(tailLines: number, signal: AbortSignal): Promise<void> {
    for (const line of await readLog(this.#cluster, this.#pod, tailLines, signal)) this.#lines.add(line);
  }
}

async function orFalse(probe: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  try {
    return await probe();
  } catch (error) {
    if (signal.aborted || !(error instanceof KafkaHaError)) throw error;
    return false;
  }
}

function readPod({ kube, spec }: Cluster, pod: string, signal: AbortSignal): Promise<Pod | undefined> {
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace: spec.namespace, name: pod };
  return getObject<Pod>(kube, ref, { signal });
}

/** None where the pod or its log is gone. */
async function readLog(
  { kube, spec }: Cluster,
  pod: string,
  tailLines: number,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    return await podLogs(kube, { namespace: spec.namespace, pod, tailLines, signal });
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'not-found') return [];
    throw error;
  }
}

/** What it has to say to people, such as why it ends, is in the same log. */
function isHistory(line: string): boolean {
  return line.startsWith('{');
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/**
 * How far this machine's clock is behind that of the load's node: as little as can be, when that is asked and the answer
 * carries the time at which it was given. 0 where the two agree within the time that asking took.
 */
async function clockOffset(
  kube: Kube,
  { namespace, pod, signal }: { namespace: string; pod: string; signal: AbortSignal },
): Promise<number> {
  const askedAt = kube.clock.wallTime();
  const { stdout } = await execInPod(kube, {
    namespace,
    pod,
    container: 'workload',
    command: ['node', '--print', 'Date.now()'],
    timeoutMs: 10_000,
    signal,
  });
  const answeredAt = kube.clock.wallTime();
  const theirs = Number(stdout);
  if (theirs < askedAt) return theirs - askedAt;
  return Math.max(0, theirs - answeredAt);
}
