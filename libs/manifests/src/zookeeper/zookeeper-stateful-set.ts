import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { names } from '../names.ts';
import { javaSecurity } from '../pod/java-security.ts';
import { zookeeperPlacement } from '../pod/placement.ts';
import { zookeeperProbes } from '../pod/probes.ts';
import { statefulSet } from '../pod/stateful-set.ts';
import { zookeeperPorts } from '../ports.ts';
import { logbackXml } from './logback.ts';
import { zookeeperStartScript } from './start-script.ts';
import { zooConfig } from './zoo-config.ts';
import { zookeeperJavaArguments } from './zookeeper-command.ts';

export function zookeeperStatefulSet(spec: Spec): KubernetesObject {
  return statefulSet(spec, {
    component: 'zookeeper',
    replicas: spec.zookeeper.servers,
    serviceName: names(spec).zookeeperHeadless,
    image: spec.images.zookeeper,
    files: {
      'java.security': javaSecurity,
      'logback.xml': logbackXml,
      'start.sh': zookeeperStartScript,
      'zoo.cfg': zooConfig(spec),
    },
    javaArguments: zookeeperJavaArguments(spec),
    ports: zookeeperPorts,
    probes: zookeeperProbes,
    placement: zookeeperPlacement(spec),
    graceSeconds: 30,
    cpuMillis: spec.zookeeper.cpuMillis,
    memoryBytes: spec.zookeeper.memoryBytes,
    storageBytes: spec.zookeeper.storageBytes,
  });
}
