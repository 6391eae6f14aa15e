import { abortedError, KafkaHaError } from '@kafka-ha/base';
import { Connections, type Address, type Dial } from '@kafka-ha/kafka';
import type { Api } from '@kafka-ha/kafka-protocol';
import { openTunnel } from '@kafka-ha/kube';
import { controllerPorts, kafkaPorts, ordinalOfController, podNameOf } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';

/** Brokers and controllers, which share one space of ids. */
export type Nodes = {
  /** Throws `kafka-unreachable` where no answer comes in time. */
  ask: <Request, Response>(id: number, api: Api<Request, Response>, request: Request) => Promise<Response>;
  close: () => void;
};

/** Asks nodes by the API server's port-forward, and changes nothing. Close it when done; the signal closes it, too. */
export function kraftNodes({ kube, spec, signal }: Cluster, answerWithinMs: number): Nodes {
  const { namespace } = spec;
  return nodesBy(({ host: pod, port }) => openTunnel(kube, { namespace, pod, port }), spec, {
    answerWithinMs,
    signal,
  });
}

type NodesOptions = { answerWithinMs: number; signal: AbortSignal };

/** As `kraftNodes`, by any way to a pod: the host of an address is its name. */
export function nodesBy(dial: Dial, spec: { name: string }, { answerWithinMs, signal }: NodesOptions): Nodes {
  const connections = new Connections({
    dial,
    clientId: 'kafka-ha',
    connectTimeoutMs: answerWithinMs,
    requestTimeoutMs: answerWithinMs,
  });
  const onAbort = () => connections.close(abortedError(signal));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    ask: (id, api, request) => connections.ask(addressOf(spec, id), api, request),
    close: () => {
      signal.removeEventListener('abort', onAbort);
      connections.close(new KafkaHaError('kafka-unreachable', 'the connection to Kafka was closed'));
    },
  };
}

/** As `kraftNodes`, for as long as the work takes. */
export async function withNodes<T>(
  cluster: Cluster,
  answerWithinMs: number,
  work: (nodes: Nodes) => Promise<T>,
): Promise<T> {
  const nodes = kraftNodes(cluster, answerWithinMs);
  try {
    return await work(nodes);
  } finally {
    nodes.close();
  }
}

/** The host is the pod's name. */
function addressOf(cluster: { name: string }, id: number): Address {
  const ordinal = ordinalOfController(id);
  return ordinal === undefined
    ? { host: podNameOf(cluster, 'kafka', id), port: kafkaPorts.clients }
    : { host: podNameOf(cluster, 'controller', ordinal), port: controllerPorts.controller };
}
