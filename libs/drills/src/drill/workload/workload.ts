import { isKafkaHaError, KafkaHaError, waitFor } from '@kafka-ha/base';
import { execInPod, getObject, podLogs, readInPod, request, type Kube, type Pod } from '@kafka-ha/kube';
import { type Cluster, type FencedCluster, podRef, withSignal } from '@kafka-ha/cluster';
import { guestEnd } from '../../guest/guest-end.ts';
import { guestContainer } from '@kafka-ha/manifests';
import { guestFailed, startGuest } from '../../guest/run-guest.ts';
import { HistoryReader } from './history-reader.ts';
import { jvmContainer } from './java-client.ts';
import { historyPath, workloadObjects, type WorkloadOptions } from './workload-objects.ts';

/** It is ready to write within a minute, or gives up. */
const firstLineWithinMs = 75_000;
/** Half a minute for outcomes, one for the consumers, two to read everything back, and the API server may be away meanwhile. */
const endWithinMs = 260_000;
const pollMs = 2_000;
const container = guestContainer.drill;
/** Of what it has to say to people, such as why it ends. */
const saidLines = 50;

/** A drill's load while it runs, and what it has told so far. */
export class Workload {
  readonly node: string;
  /** Add this to this machine's clock to get the cluster's. */
  readonly clockOffsetMs: number;
  readonly #cluster: FencedCluster;
  readonly #pod: string;
  readonly #history: HistoryReader;
  readonly #stopFollowing = new AbortController();
  readonly #following: Promise<void>;

  private constructor(
    cluster: FencedCluster,
    pod: Pod,
    { history, clockOffsetMs }: { history: HistoryReader; clockOffsetMs: number },
  ) {
    this.#cluster = cluster;
    this.#pod = pod.metadata.name;
    this.#history = history;
    this.node = pod.spec.nodeName ?? '';
    this.clockOffsetMs = clockOffsetMs;
    this.#following = this.#follow(AbortSignal.any([cluster.signal, this.#stopFollowing.signal]));
  }

  /**
   * Starts the load and waits until it writes.
   *
   * @throws KafkaHaError `pod-failed`, `deadline-exceeded`
   */
  static async start(cluster: FencedCluster, options: WorkloadOptions): Promise<Workload> {
    const { kube, spec, signal } = cluster;
    const { configMap, job } = workloadObjects(spec, options);
    await request(kube, {
      method: 'POST',
      path: `/api/v1/namespaces/${spec.namespace}/configmaps`,
      body: configMap,
      what: `create ConfigMap ${configMap.metadata.name}`,
      signal,
    });
    const { metadata } = await startGuest(cluster, job);
    const history = new HistoryReader(cluster, metadata.name);
    const pod = await waitFor(
      'the load to write its first records',
      async (probeSignal) => {
        const pod = await readPod(withSignal(cluster, probeSignal), metadata.name);
        if (pod === undefined || hasEnded(pod))
          throw await failure(withSignal(cluster, probeSignal), pod, metadata.name);
        // Its container may not be there yet.
        await history.read(probeSignal).catch(() => undefined);
        return history.hasBegun ? pod : undefined;
      },
      { deadlineMs: firstLineWithinMs, intervalMs: 500, signal },
    );
    const clockOffsetMs = await clockOffset(kube, { namespace: spec.namespace, pod: metadata.name, signal });
    return new Workload(cluster, pod, { history, clockOffsetMs });
  }

  /**
   * Ends writing, waits until everything is read back, and gives all that the load has told. Where it cannot be ended as
   * it should, for the pod is gone or does not answer, what it told until then: the missing end speaks for itself.
   */
  async stop(): Promise<string> {
    const asked = await this.#untilAnswered('the load to end', async (probeSignal) => {
      const pod = await readPod(withSignal(this.#cluster, probeSignal), this.#pod);
      if (pod === undefined || hasEnded(pod)) return true;
      await this.#run(['sh', '-c', 'test -e /proc/1 && kill -TERM 1'], probeSignal);
      return true;
    });
    await this[Symbol.asyncDispose]();
    if (asked)
      await this.#untilAnswered('the load to read everything back', async (probeSignal) => {
        const pod = await readPod(withSignal(this.#cluster, probeSignal), this.#pod);
        if (pod === undefined || hasEnded(pod)) return true;
        await this.#history.read(probeSignal);
        return this.#history.hasEnded;
      });
    // It stays until then; should it not be told so, it goes with its Job.
    await this.#run(['rm', '-f', historyPath], this.#cluster.signal).catch(() => undefined);
    return this.#history.text;
  }

  /** Reads no more of what it tells; the load itself goes on until it is stopped or removed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopFollowing.abort();
    await this.#following;
  }

  /** True when `probe` was; false at the deadline. Refusals on the way, such as of an API server that is away, are borne. */
  async #untilAnswered(what: string, probe: (signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
    const { signal } = this.#cluster;
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
      await this.#history.read(signal).catch(() => undefined);
      await this.#cluster.kube.clock.sleep(pollMs, signal).catch(() => undefined);
    }
  }

  async #run(command: readonly string[], signal: AbortSignal): Promise<void> {
    const { kube, spec } = this.#cluster;
    const options = { namespace: spec.namespace, pod: this.#pod, container, command, timeoutMs: 10_000 };
    await execInPod(kube, { ...options, signal });
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

function readPod({ kube, spec, signal }: Cluster, pod: string): Promise<Pod | undefined> {
  const ref = podRef(spec, pod);
  return getObject<Pod>(kube, ref, { signal });
}

/** Why the load does not write, in its own last words. */
async function failure(cluster: Cluster, pod: Pod | undefined, name: string): Promise<KafkaHaError> {
  if (pod === undefined) return new KafkaHaError('pod-failed', `The pod ${name} of the load is gone.`);
  const { kube, spec } = cluster;
  const of = { namespace: spec.namespace, pod: name, tailLines: saidLines, signal: cluster.signal };
  const containers = pod.spec.containers.some(({ name }) => name === jvmContainer)
    ? [jvmContainer, container]
    : [container];
  const said = containers.map((container) => podLogs(kube, { ...of, container }).catch(() => []));
  return guestFailed('drill', pod, (await Promise.all(said)).flat());
}

function hasEnded(pod: Pod): boolean {
  return guestEnd('drill', pod) !== undefined;
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
  const { stdout } = await readInPod(kube, {
    namespace,
    pod,
    container,
    command: ['node', '--print', 'Date.now()'],
    timeoutMs: 10_000,
    signal,
  });
  const answeredAt = kube.clock.wallTime();
  const theirs = Number(stdout);
  if (theirs < askedAt) return theirs - askedAt;
  return Math.max(0, theirs - answeredAt);
}
