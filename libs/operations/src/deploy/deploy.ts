import { runStep, type StepEvent } from '@kafka-ha/events';
import { checkAccess } from '@kafka-ha/kube';
import type { Cluster } from '../connect.ts';
import { awaitHealthy } from '../state/await-healthy.ts';
import { lockStep, withLease, type Actor } from '../with-lease.ts';
import { applyObjects, describeApplied } from './apply-objects.ts';
import { awaitStatefulSet } from './await-stateful-set.ts';
import { checkNodes } from './check-nodes.ts';
import { createMissingTopics, describeTopics } from './create-missing-topics.ts';
import { ensureNamespace } from './ensure-namespace.ts';
import { provePath } from './prove-path.ts';
import { refuseForeignObjects } from './refuse-foreign-objects.ts';

export type DeployOptions = { actor: Actor; signal: AbortSignal };

const steps = [
  { id: 'check', title: 'Check the target cluster' },
  { id: 'namespace', title: 'Ensure the namespace' },
  lockStep,
  { id: 'apply', title: 'Apply the objects' },
  { id: 'zookeeper', title: 'Wait for ZooKeeper' },
  { id: 'brokers', title: 'Wait for the brokers' },
  { id: 'topics', title: 'Create the topics' },
  { id: 'health', title: 'Check health' },
  { id: 'prove', title: 'Write to and read from every partition' },
];

/**
 * Makes the cluster what its file says, and shows that it works. Safe to run again: each step looks at what is there
 * and does what is left. Nothing to do: says so and changes nothing.
 *
 * Events: `steps` first, then each step in order.
 *
 * @throws KafkaHaError — `forbidden`, `conflict`, `lock-held`, `pod-failed` …; the step that was started last is where
 * it stopped.
 */
export async function* deploy(cluster: Cluster, options: DeployOptions): AsyncGenerator<StepEvent, void> {
  const { kube, spec } = cluster;
  yield { kind: 'steps', steps };
  yield* runStep('check', async function* () {
    const { version } = await checkAccess(kube, { namespace: spec.namespace, signal: options.signal });
    await refuseForeignObjects(cluster, options.signal);
    const nodes = await checkNodes(cluster, options.signal);
    return `Kubernetes ${version}${nodes}`;
  });
  yield* runStep('namespace', async function* () {
    return await ensureNamespace(cluster, options.signal);
  });
  yield* withLease(cluster, { ...options, operation: 'deploy' }, async function* (signal) {
    yield* runStep('apply', async function* () {
      const applied = yield* applyObjects(cluster, signal);
      return describeApplied(applied);
    });
    yield* runStep('zookeeper', () => awaitStatefulSet(cluster, 'zookeeper', signal));
    yield* runStep('brokers', () => awaitStatefulSet(cluster, 'kafka', signal));
    let created: string[] = [];
    yield* runStep('topics', async function* () {
      const topics = yield* createMissingTopics(cluster, signal);
      created = topics.created;
      return describeTopics(topics);
    });
    yield* runStep('health', () => awaitHealthy(cluster, { signal }));
    yield* runStep('prove', () => provePath(cluster, created, signal));
  });
}
