import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { headlessOf, names } from '../names.ts';
import { javaSecurity, commonJavaOptions, heapOptions, mebibytes } from '../pod/java-options.ts';
import { brokerPlacement } from '../pod/placement.ts';
import { brokerProbes } from '../pod/probes.ts';
import { statefulSet } from '../pod/stateful-set.ts';
import { toProperties } from '../properties.ts';
import { kafkaConfigOf } from './kafka-config.ts';
import { loggingOf, type Logging } from './logging.ts';
import { quorumManifests } from '../quorum.ts';
import { kafkaStartScript } from './start-script.ts';
import { scratchPath } from '../paths.ts';

export function kafkaStatefulSet(spec: Spec): KubernetesObject {
  const { broker } = quorumManifests(spec);
  const logging = loggingOf(spec.versions.kafka, broker.registrationLog);
  return statefulSet(spec, {
    component: 'kafka',
    replicas: spec.brokers,
    serviceName: headlessOf(spec, 'kafka'),
    image: spec.images.kafka,
    files: {
      'java.security': javaSecurity,
      ...logging.files,
      'server.properties': toProperties(kafkaConfigOf(spec).restart),
      'start.sh': kafkaStartScript(spec),
    },
    configMaps: [names(spec).dynamicConfig, ...broker.configMaps(spec)],
    javaArguments: kafkaJavaArguments(spec, logging),
    ports: { ...broker.ports },
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
function kafkaJavaArguments({ resources, sizing }: Spec, { javaOption }: Logging): string[] {
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
    javaOption,
    'kafka.Kafka',
    `${scratchPath}/server.properties`,
  ];
}
