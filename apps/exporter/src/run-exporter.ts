import { connect } from 'node:net';
import { messageOf, systemClock } from '@kafka-ha/base';
import { quorumsBy } from '@kafka-ha/cluster';
import type { Spec } from '@kafka-ha/config';
import { KafkaConnection, type Dial } from '@kafka-ha/kafka';
import { brokerHost, hostOfPod, kafkaPorts } from '@kafka-ha/manifests';
import { clusterLabel, endsOf, metricsOf, rememberEnds, type EndHistory } from '@kafka-ha/metrics';
import { exposition } from './exposition.ts';
import { Page } from './page.ts';
import { clusterReader } from './read-cluster.ts';
import { serve } from './serve.ts';

export type ExporterOptions = { port: number; log: (text: string) => void; signal: AbortSignal };

const answerWithinMs = 5_000;

/** Reads the cluster again and again, and serves what it has read last, until the signal fires. */
export async function runExporter(spec: Spec, { port, log, signal }: ExporterOptions): Promise<void> {
  const intervalMs = spec.metrics?.intervalMs ?? 15_000;
  const cluster = clusterLabel(spec);
  const page = new Page(cluster, { intervalMs, now: Date.now });
  const server = await serve(page, port);
  log(`serves /metrics on port ${port}, reads ${spec.namespace}/${spec.name} every ${intervalMs / 1000} s`);
  const read = readerOf(spec, signal);
  let history: EndHistory = [];
  while (!signal.aborted) {
    const began = Date.now();
    try {
      const reading = await read(history);
      page.show(await exposition(cluster, metricsOf(spec, reading, history)), reading.readAtMs);
      history = rememberEnds(history, { atMs: reading.readAtMs, ends: endsOf(reading.logs) });
    } catch (error) {
      if (!signal.aborted) log(`could not read the cluster: ${messageOf(error)}`);
    }
    await systemClock.sleep(Math.max(1_000, began + intervalMs - Date.now()), signal).catch(() => undefined);
  }
  server.close();
}

/** It has no fence, so nothing that changes anything is ever sent. */
function readerOf(spec: Spec, signal: AbortSignal) {
  const quorums = quorumsBy({ spec, dial: toPod(spec), clock: systemClock, answerWithinMs, signal });
  const kafka = new KafkaConnection({
    addressOf: (id) => ({ host: brokerHost(spec, id), port: kafkaPorts.clients }),
    registry: quorums.quorum.registry,
    dial: ({ host, port }) => connect({ host, port, noDelay: true }),
    clientId: 'kafka-ha-exporter',
    connectTimeoutMs: answerWithinMs,
    requestTimeoutMs: answerWithinMs,
    controllerWithinMs: 0,
    signal,
  });
  return clusterReader(spec, { kafka, ...quorums, now: Date.now, signal });
}

function toPod(spec: Spec): Dial {
  return ({ host: pod, port }) => connect({ host: hostOfPod(spec, pod), port, noDelay: true });
}
