import { prove, type Spec } from '@kafka-ha/config';
import {
  alterTopicConfigs,
  createPartitions,
  readTopicConfigs,
  readTopics,
  type FencedKafka,
} from '@kafka-ha/kafka';
import { ordinals, probeTopic } from '@kafka-ha/manifests';
import { balancedAssignment } from '@kafka-ha/planning';

/**
 * Takes back a topic's own min.insync.replicas where it does not keep the spec's promise; it then has the brokers'. Those
 * above the spec's go before replicas are dropped, or writes would be refused; those below it afterwards.
 */
export async function dropBrokenMinInSync(
  kafka: FencedKafka,
  spec: Spec,
  which: 'too-high' | 'any',
): Promise<string[]> {
  const names = (await readTopics(kafka)).map(({ name }) => name);
  const broken = [...(await readTopicConfigs(kafka, names))].filter(([, config]) => {
    const { value, source } = config[minInSyncKey] ?? {};
    const minInSync = Number(value);
    if (source !== 'topic' || keepsPromise(spec, minInSync)) return false;
    return which === 'any' || minInSync > spec.replication.minInSync;
  });
  if (broken.length > 0)
    await alterTopicConfigs(kafka, new Map(broken.map(([topic]) => [topic, { [minInSyncKey]: null }])));
  return broken.map(([topic]) => topic);
}

const minInSyncKey = 'min.insync.replicas';

function keepsPromise({ brokers, replication, tolerance, zookeeper }: Spec, minInSync: number): boolean {
  const { factor } = replication;
  return (
    prove({ brokers, factor, minInSync, tolerance, zookeeperServers: zookeeper.servers }).kind === 'holds'
  );
}

/** The topic that checks write to has a partition for each broker. Where the new ones are is not final: they are moved with the rest. */
export async function growProbeTopic(kafka: FencedKafka, spec: Spec): Promise<void> {
  const [probe] = await readTopics(kafka, [probeTopic]);
  const existing = probe?.partitions.length ?? 0;
  if (probe === undefined || existing >= spec.brokers) return;
  const led = new Set(probe.partitions.map(({ replicas: [preferred] }) => preferred));
  const assignment = balancedAssignment({
    brokers: ordinals(spec.brokers),
    partitions: spec.brokers,
    // Kafka takes new partitions with as many replicas as the others have, no more and no fewer.
    replicationFactor: probe.partitions[0]?.replicas.length ?? spec.replication.factor,
  });
  const missing = assignment.filter(([preferred]) => !led.has(preferred)).slice(0, spec.brokers - existing);
  if (missing.length > 0) await createPartitions(kafka, { name: probeTopic, existing, assignment: missing });
}
