import type { Spec } from '@kafka-ha/config';
import { configPath } from '../paths.ts';
import { commonJavaOptions, heapOptions } from '../pod/java-options.ts';

/** What `java` is called with in a ZooKeeper server's container. Runs on Java 17 and later. */
export function zookeeperJavaArguments({ sizing, versions }: Spec): string[] {
  return [
    ...heapOptions(sizing.zookeeperHeapBytes),
    // The least memory beside the heap; a full collection of so small a heap takes a fraction of a tick.
    '-XX:+UseSerialGC',
    ...commonJavaOptions,
    // Retry for ever: the pod's address may come after the process.
    '-Dzookeeper.electionPortBindRetry=0',
    `-Dlogback.configurationFile=${configPath}/logback.xml`,
    '-cp',
    `/apache-zookeeper-${versions.zookeeper}-bin/lib/*`,
    'org.apache.zookeeper.server.quorum.QuorumPeerMain',
    `${configPath}/zoo.cfg`,
  ];
}
