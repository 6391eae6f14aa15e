import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { headlessOf, names } from '../names.ts';
import { javaSecurity } from '../pod/java-security.ts';
import { brokerPlacement } from '../pod/placement.ts';
import { brokerProbes } from '../pod/probes.ts';
import { statefulSet } from '../pod/stateful-set.ts';
import { kafkaPorts } from '../ports.ts';
import { toProperties } from '../properties.ts';
import { kafkaConfigOf } from './kafka-config.ts';
import { kafkaStartScript } from './start-script.ts';
import { commonJavaOptions, heapOptions, mebibytes } from '../pod/java-options.ts';
import { configPath, scratchPath } from '../paths.ts';

/**
 * Kafka 3.9 logs through reload4j. Standard output alone: the kubelet keeps and rotates it.
 *
 * A restart of one broker tells 25 lines for every partition of who leads and follows it, which would rotate everything else
 * away. `kafka-configs.sh --entity-type broker-loggers` has a broker tell them while it runs.
 */
const log4jProperties = `log4j.rootLogger=INFO, stdout
log4j.appender.stdout=org.apache.log4j.ConsoleAppender
log4j.appender.stdout.layout=org.apache.log4j.PatternLayout
log4j.appender.stdout.layout.ConversionPattern=[%d{ISO8601}] %p %m (%c)%n
log4j.logger.org.apache.zookeeper=WARN
log4j.logger.kafka.request.logger=WARN
log4j.logger.kafka.network.RequestChannel$=WARN
log4j.logger.state.change.logger=WARN
log4j.logger.kafka.server.ReplicaFetcherManager=WARN
log4j.logger.kafka.server.ReplicaFetcherThread=WARN
`;

export function kafkaStatefulSet(spec: Spec): KubernetesObject {
  const { dynamicConfig } = names(spec);
  return statefulSet(spec, {
    component: 'kafka',
    replicas: spec.brokers,
    serviceName: headlessOf(spec, 'kafka'),
    image: spec.images.kafka,
    files: {
      'java.security': javaSecurity,
      'log4j.properties': log4jProperties,
      'server.properties': toProperties(kafkaConfigOf(spec).restart),
      'start.sh': kafkaStartScript(spec),
    },
    configMap: dynamicConfig,
    javaArguments: kafkaJavaArguments(spec),
    ports: kafkaPorts,
    probes: brokerProbes,
    placement: brokerPlacement(spec),
    // Ten tries of controlled shutdown, each with a socket timeout of 10 s, then the flush of the logs.
    graceSeconds: 120,
    cpuMillis: spec.resources.cpuMillis,
    memoryBytes: spec.resources.memoryBytes,
    storageBytes: spec.storage.sizeBytes,
  });
}

/** What `java` is called with in a broker's container, besides the class path. Runs on Java 17 and later. */
function kafkaJavaArguments({ resources, sizing }: Spec): string[] {
  return [
    ...heapOptions(sizing.heapBytes),
    `-XX:MaxDirectMemorySize=${mebibytes(sizing.directMemoryBytes)}`,
    // Reserved from the start: below it no collection runs for its sake, and that would be several during a start.
    `-XX:MetaspaceSize=${mebibytes(sizing.metaspaceBytes)}`,
    `-XX:MaxMetaspaceSize=${mebibytes(sizing.metaspaceBytes)}`,
    // A node's cores would otherwise decide how many threads, and so how much memory, the JVM keeps for itself.
    `-XX:ActiveProcessorCount=${Math.max(2, Math.ceil(resources.cpuMillis / 1000))}`,
    // As in Kafka's own start script.
    '-XX:+UseG1GC',
    '-XX:MaxGCPauseMillis=20',
    '-XX:InitiatingHeapOccupancyPercent=35',
    '-XX:+ExplicitGCInvokesConcurrent',
    // Each thread keeps its largest buffer for socket and file otherwise, outside every limit above.
    '-Djdk.nio.maxCachedBufferSize=262144',
    ...commonJavaOptions,
    `-Dlog4j.configuration=file:${configPath}/log4j.properties`,
    'kafka.Kafka',
    `${scratchPath}/server.properties`,
  ];
}
