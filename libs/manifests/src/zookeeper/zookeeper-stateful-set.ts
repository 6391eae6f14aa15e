import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { headlessOf } from '../names.ts';
import { configPath, pidFile, scratchPath } from '../paths.ts';
import { commonJavaOptions, heapOptions, javaSecurity } from '../pod/java-options.ts';
import { statefulSet } from '../pod/stateful-set.ts';
import { quorumPlacement } from '../pod/placement.ts';
import { lenient, startSeconds } from '../pod/probes.ts';
import { zooConfig, zookeeperSnapshotPath, zookeeperTransactionPath } from './zoo-config.ts';
import { zookeeperPorts } from './zookeeper-addresses.ts';

/** ZooKeeper 3.9 logs through logback. Standard output alone: the kubelet keeps and rotates it. */
const logbackXml = `<configuration>
  <appender name="stdout" class="ch.qos.logback.core.ConsoleAppender">
    <encoder>
      <pattern>[%d{ISO8601}] %p %m \\(%logger{1}\\)%n</pattern>
    </encoder>
  </appender>
  <logger name="org.apache.zookeeper.server.NIOServerCnxn" level="WARN" />
  <root level="INFO">
    <appender-ref ref="stdout" />
  </root>
</configuration>
`;

/** What runs in a server's container before the JVM takes its place: servers count from 1, pods from 0. */
const zookeeperStartScript = `#!/bin/sh
set -eu
rm -rf ${scratchPath}/*
mkdir -p ${zookeeperSnapshotPath} ${zookeeperTransactionPath}
echo $((\${POD_NAME##*-} + 1)) > ${zookeeperSnapshotPath}/myid
echo $$ > ${pidFile}
exec java "$@"
`;

/**
 * A ZooKeeper server is ready when it serves, as leader or follower. While it waits for a quorum it is not, but no harm
 * in that: nothing restarts it before the start's time is over, and it would wait again.
 */
const serves = {
  exec: { command: ['sh', '-c', "echo srvr | nc -w 2 127.0.0.1 2181 | grep -q '^Mode: '"] },
};
const probes = {
  startupProbe: { ...serves, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: startSeconds },
  readinessProbe: { ...serves, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 2 },
  livenessProbe: lenient('clients'),
};

export function zookeeperStatefulSet(spec: Spec): KubernetesObject {
  return statefulSet(spec, {
    component: 'zookeeper',
    replicas: spec.zookeeper.servers,
    serviceName: headlessOf(spec, 'zookeeper'),
    image: spec.images.zookeeper,
    files: {
      'java.security': javaSecurity,
      'logback.xml': logbackXml,
      'start.sh': zookeeperStartScript,
      'zoo.cfg': zooConfig(spec),
    },
    javaArguments: zookeeperJavaArguments(spec),
    ports: zookeeperPorts,
    probes,
    placement: quorumPlacement(spec, 'zookeeper'),
    graceSeconds: 30,
    cpuMillis: spec.zookeeper.cpuMillis,
    memoryBytes: spec.zookeeper.memoryBytes,
    storageBytes: spec.zookeeper.storageBytes,
  });
}

/** What `java` is called with in a ZooKeeper server's container. Runs on Java 17 and later. */
function zookeeperJavaArguments({ sizing, versions }: Spec): string[] {
  return [
    ...heapOptions(sizing.quorumHeapBytes.zookeeper),
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
