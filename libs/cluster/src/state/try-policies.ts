import { KafkaHaError } from '@kafka-ha/base';
import type { PodState, PolicyTrial } from '@kafka-ha/health';
import { readInPod } from '@kafka-ha/kube';
import {
  brokerPodHost,
  components,
  kafkaPorts,
  ofComponent,
  quorumComponentsOf,
  type Component,
} from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { readPods } from './read-pods.ts';

/**
 * Tries whether the network enforces the NetworkPolicies: a pod of those that keep the metadata asks a broker at the port for
 * replication, which is for brokers alone. The same question at the port for clients, where it may ask, tells a port that is closed
 * from a broker that is silent. Takes up to five seconds, the right to run a command in a pod, and no pod of its own.
 *
 * @throws KafkaHaError `not-found` where no two pods are there to try it with, `kafka-unreachable` where the broker does not
 *   answer its clients either, and what `readInPod` throws.
 */
export async function tryPolicies(cluster: Cluster): Promise<PolicyTrial> {
  const { spec } = cluster;
  // Of the two in the middle of a migration that which no broker has to hear from.
  const [asking = 'controller'] = quorumComponentsOf(spec);
  const { from, to } = pairOf(await readPods(cluster), asking);
  const answers = (port: number) =>
    isAnswered(cluster, { pod: from, container: asking, host: brokerPodHost(spec, to.ordinal), port });
  const [open, closed] = [kafkaPorts.clients, kafkaPorts.replication];
  const [isServed, isLetThrough] = await Promise.all([answers(open), answers(closed)]);
  if (!isServed)
    throw new KafkaHaError('kafka-unreachable', `${to.name} does not answer ${from.name} at port ${open}`);
  return { from: from.name, to: to.name, port: closed, enforced: !isLetThrough };
}

/** On two nodes, if there are such: what stays on one node may be let through by a network that keeps out what comes from others. */
function pairOf(pods: readonly PodState[], asking: Component): { from: PodState; to: PodState } {
  const ready = pods.filter((pod) => pod.ready && !pod.deleting);
  const pairs = ofComponent(ready, asking).flatMap((from) =>
    ofComponent(ready, 'kafka').map((to) => ({ from, to })),
  );
  const pair = pairs.find(({ from, to }) => from.node !== to.node) ?? pairs[0];
  if (pair !== undefined) return pair;
  throw new KafkaHaError('not-found', `there is no ready ${components[asking].noun}, or no ready broker`);
}

type Question = { pod: PodState; container: string; host: string; port: number };

/** Whether a broker answers there: only an answer shows that a connection led to it, for some networks accept what they drop. */
async function isAnswered({ kube, spec, signal }: Cluster, question: Question): Promise<boolean> {
  const { pod, container, host, port } = question;
  const { stdout } = await readInPod(kube, {
    namespace: spec.namespace,
    pod: pod.name,
    container,
    command: ['sh', '-c', askForVersions, 'ask', host, String(port)],
    timeoutMs: 10_000,
    signal,
  });
  return Number(stdout) > 0;
}

/**
 * Prints how many bytes come back. The question is ApiVersions in its version 0, which every Kafka answers. Some kinds of `nc`
 * end with their input: it stays open until the answer is there.
 */
export const askForVersions = `{ printf '\\0\\0\\0\\012\\0\\022\\0\\0\\0\\0\\0\\0\\377\\377'; sleep 2; } | nc -w 2 "$1" "$2" 2> /dev/null | wc -c`;
