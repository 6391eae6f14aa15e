import type { Spec } from '@kafka-ha/config';
import { commonJavaOptions, heapOptions, mebibytes } from '../pod/java-options.ts';
import { configPath, scratchPath } from '../paths.ts';

/** What `java` is called with in a broker's container, besides the class path. Runs on Java 17 and later. */
export function kafkaJavaArguments({ resources, sizing }: Spec): string[] {
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
