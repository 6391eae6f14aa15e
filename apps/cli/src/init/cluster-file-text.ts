import {
  brokersQuorum,
  parseClusterFile,
  parseRate,
  quorums,
  schemaAddress,
  type Spec,
} from '@kafka-ha/config';
import type { Answers, Environment } from './answers.ts';

/** The text of a new cluster file, with the reasons of what stands in it. */
export function clusterFileText(answers: Answers): string {
  const { name, namespace, mode, brokers, tolerance, rate, actions } = answers;
  const { replicas, acknowledged } = { replicas: 2 * tolerance + 1, acknowledged: tolerance + 1 };
  const environments = answers.environments.map((each) => environmentTexts[each](answers));
  return `# yaml-language-server: $schema=${schemaAddress(actions)}
#
# A Kafka cluster of which any ${brokersOf(tolerance)} may be lost at once. This file is all that is written by hand:
# \`kafka-ha validate\` proves that the promise holds and prints what it costs, a pull request shows what would change.
# Only \`name\`${mode === 'kraft' ? ' and `mode` are' : ' is'} needed: what is left out has a default.

name: ${name}
namespace: ${namespace} # the cluster has it for itself
mode: ${mode}${mode === 'kraft' ? ' # controllers of its own, the only way from Kafka 4 on' : ''}

# Any ${tolerance} of the ${brokers} may be lost: so every record is on ${replicas} (2 × ${tolerance} + 1), and acknowledged once it is on ${acknowledged} (${tolerance} + 1).
# With fewer than ${replicas} brokers this is refused.
brokers: ${brokers}
tolerance: ${tolerance}

${quorumTexts[mode]}

# What everything is sized for. The rate is that of the application's data; \`compression\` is how much smaller the
# producers make it (zstd or lz4 reach about 4 on JSON). Set it to 1 where they do not compress.
ingest:
  rate: ${rate}
  compression: 4

# Small brokers. CPU is a request without a limit, memory is both; heap and page cache are divided within it.
resources: { cpu: 1, memory: 1Gi }

# How long records are kept follows from the volume: see "retention" in \`kafka-ha validate\`. A volume can grow, never
# shrink. \`class: null\` is the default StorageClass.
storage:
  size: 50Gi
  class: null
  throughput: 125MB/s

placement:
  brokersPerNode: 1 # never two on one node: its loss would take both
  ${quorums[brokersQuorum(mode)].separation}: preferred # on nodes without brokers, where there are enough

${versionsText(mode)}

# Topics that the deployment creates. ${partitionsOf(brokers).why}
topics:
  - name: events
    partitions: ${partitionsOf(brokers).partitions}

# Drills fail where an interruption is longer.
objectives:
  interruption: 60s
  plannedInterruption: 2s
${environments.length === 0 ? '' : environmentsHeading}${environments.join('\n')}`;
}

const environmentsHeading = `
# What differs by environment, merged over the above: mappings key by key, lists as a whole. Chosen with \`--environment\`;
# the proof is made again for each. Without one this is production.
environments:
`;

function brokersOf(count: number): string {
  return count === 1 ? 'one broker' : `${count} brokers`;
}

const quorumTexts = {
  kraft: `# They keep the metadata: who leads, who is in sync, which topics there are.
controllers:
  servers: 3 # may lose one
  resources: { cpu: 250m, memory: 512Mi }
  storage: { size: 2Gi }`,
  zookeeper: `zookeeper:
  servers: 3 # may lose one
  resources: { cpu: 250m, memory: 384Mi }
  storage: { size: 2Gi }`,
} as const;

/** Those of today, said: with a later kafka-ha, which has later defaults, a deployment would be an upgrade. */
function versionsText(mode: Spec['mode']): string {
  const { versions } = parseClusterFile(`name: any\nmode: ${mode}`, { file: 'defaults' }).spec;
  if (mode === 'kraft')
    return `# \`metadata\` stays behind while the binaries are upgraded, and is raised afterwards: until then there is a way back.
versions:
  kafka: ${versions.kafka}
  metadata: '${versions.metadata}'`;
  return `# Kafka 3.9 is the last with ZooKeeper. \`interBrokerProtocol\` stays behind while the binaries are upgraded, and is raised
# in a pull request of its own: until then there is a way back.
versions:
  kafka: ${versions.kafka}
  zookeeper: ${versions.zookeeper}
  interBrokerProtocol: '${versions.interBrokerProtocol}'`;
}

const environmentTexts: Record<Environment, (answers: Answers) => string> = {
  local: ({
    mode,
    rate,
  }) => `  # One machine: all pods on a few cores, small volumes, and a test load that is not compressed.
  local:
    ingest: { rate: ${atMost(rate, '20MB/s')}, compression: 1 }
    resources: { cpu: 250m }
    ${brokersQuorum(mode)}: { resources: { cpu: 100m } }
    storage: { size: 8Gi }
    # Brokers, nodes and load share a few cores: there a record takes half a second when nothing is wrong.
    objectives: { plannedInterruption: 5s }
`,
  staging: ({ rate }) => `  # The same shape as production, so that drills mean something; less data.
  staging:
    ingest: { rate: ${atMost(rate, '20MB/s')} }
    storage: { size: 20Gi }
`,
};

function atMost(rate: string, most: string): string {
  return (parseRate(rate) ?? 0) < (parseRate(most) ?? 0) ? rate : most;
}

/** All ordered pairs of brokers, as long as that is not too many: then each broker's partitions go to all the others alike. */
function partitionsOf(brokers: number): { partitions: number; why: string } {
  const pairs = brokers * (brokers - 1);
  if (pairs <= 100)
    return {
      partitions: pairs,
      why: `On ${brokers} brokers ${pairs} partitions stay evenly led after any single loss.`,
    };
  return { partitions: 4 * brokers, why: `A multiple of the brokers, so that each leads as many.` };
}
