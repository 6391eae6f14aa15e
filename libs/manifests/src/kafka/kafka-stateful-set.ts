import type { Spec } from '@kafka-ha/config';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { names } from '../names.ts';
import { javaSecurity } from '../pod/java-security.ts';
import { brokerPlacement } from '../pod/placement.ts';
import { brokerProbes } from '../pod/probes.ts';
import { statefulSet } from '../pod/stateful-set.ts';
import { kafkaPorts } from '../ports.ts';
import { toProperties } from '../properties.ts';
import { kafkaJavaArguments } from './kafka-command.ts';
import { kafkaConfigOf } from './kafka-config.ts';
import { log4jProperties } from './log4j.ts';
import { kafkaStartScript } from './start-script.ts';

export function kafkaStatefulSet(spec: Spec): KubernetesObject {
  const { kafkaHeadless, dynamicConfig } = names(spec);
  return statefulSet(spec, {
    component: 'kafka',
    replicas: spec.brokers,
    serviceName: kafkaHeadless,
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
