import { expect } from '@jest/globals';
import { listObjects } from '@kafka-ha/kube';
import { bundleWorkload } from '@kafka-ha/workload';
import { jar } from '@kafka-ha/workload/jar';
import type { Cluster } from '@kafka-ha/cluster';
import {
  defaultLoad,
  drill,
  type DrillData,
  type DrillOptions,
  type FaultName,
  readFaultScene,
} from '@kafka-ha/drills';
import type { ClientName, DrillOutcome, Victim } from '@kafka-ha/history';
import { guestLabels } from '@kafka-ha/manifests';

/** On two cores that run the whole cluster, its load and the tests, a stop takes longer than the file promises. */
export const objectives = { interruptionMs: 15_000, plannedInterruptionMs: 8_000 };

/** Any broker but the controller: each follows each other one for some partition. */
export async function aFollower(cluster: Cluster): Promise<Victim> {
  const { brokers } = await readFaultScene(cluster, { loadNode: '', turn: 0 });
  const { id, pod, node } = brokers.find(({ controls }) => !controls) ?? brokers[0]!;
  return { component: 'kafka', pod, node, ordinal: id };
}

export type OneDrill = Partial<Pick<DrillOptions, 'topic' | 'durationMs'>> & {
  client?: ClientName;
  onProgress?: (data: DrillData) => Promise<void>;
};

/** The outcome of one drill. */
export async function oneDrill(
  target: Cluster,
  fault: FaultName,
  { onProgress, topic, client = 'own', durationMs = 12_000 }: OneDrill = {},
): Promise<DrillOutcome> {
  const outcomes: DrillOutcome[] = [];
  const operation = drill(target, {
    drills: [{ fault, turn: 0 }],
    load: defaultLoad,
    bundle: await bundleWorkload(client),
    ...(client === 'java' && { jar }),
    durationMs,
    ...(topic && { topic }),
    onOutcome: async (outcome) => void outcomes.push(outcome),
    actor: { holder: 'test' },
  });
  for await (const event of operation)
    if (event.kind === 'progress' && event.data !== undefined) await onProgress?.(event.data);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('the drill had no outcome');
  return outcome;
}

/** That the group of consumers read beside the writer, and was given every record in the end. */
export function expectConsumers({ consumers, counts }: DrillOutcome): void {
  if (consumers === null) throw new Error('no consumers read beside');
  console.info(
    `consumers waited ${consumers.delivery.worst.ms} ms at worst, ${consumers.delivery.medianMs} ms in the median, ` +
      `no commit for ${consumers.commit.ms} ms, coordinators ${consumers.coordinators.join(', ')}, ` +
      `${consumers.rebalances} rebalances, ${consumers.redelivered} of ${consumers.delivered} delivered twice`,
  );
  expect(consumers.members).toBe(defaultLoad.consumers);
  expect(consumers.delivered).toBe(counts?.read);
  expect(consumers.delivery.worst.ms).toBeGreaterThan(0);
  expect(consumers.commit.ms).toBeGreaterThan(0);
}

export function failedChecks({ verdict }: DrillOutcome): string[] {
  return verdict.checks.filter(({ result }) => result === 'fail').map(({ objective }) => objective);
}

export async function guests({ kube, spec }: Cluster, kind: string, apiVersion: string): Promise<string[]> {
  const labelSelector = Object.entries(guestLabels(spec, 'drill'))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const found = await listObjects(kube, { apiVersion, kind, namespace: spec.namespace, labelSelector });
  return found.map(({ metadata }) => metadata.name);
}
