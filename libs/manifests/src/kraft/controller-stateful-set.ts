import type { Spec } from '@kafka-ha/config';
import { loggingOf } from '../kafka/logging.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { headlessOf, names } from '../names.ts';
import { configPath, pidFile, scratchPath } from '../paths.ts';
import { commonJavaOptions, heapOptions, javaSecurity } from '../pod/java-options.ts';
import { quorumPlacement } from '../pod/placement.ts';
import { lenient, startSeconds } from '../pod/probes.ts';
import { statefulSet } from '../pod/stateful-set.ts';
import { classPath, scriptHead } from '../kafka/script-parts.ts';
import { toProperties } from '../properties.ts';
import { controllerId, controllerPorts } from './controller-addresses.ts';
import { controllerConfigOf, controllerListener } from './controller-config.ts';
import { formatController } from './format-volume.ts';

/** Only that it lives: who leads and who is behind is not for a probe to say, or a lost quorum would restart everything. */
const listens = { tcpSocket: { port: 'controller' } };
const probes = {
  startupProbe: { ...listens, periodSeconds: 1, failureThreshold: startSeconds },
  readinessProbe: { ...listens, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
  livenessProbe: lenient('controller'),
};

export function controllerStatefulSet(spec: Spec): KubernetesObject {
  const logging = loggingOf(spec.versions.kafka);
  return statefulSet(spec, {
    component: 'controller',
    replicas: spec.controllers.servers,
    serviceName: headlessOf(spec, 'controller'),
    image: spec.images.kafka,
    files: {
      'java.security': javaSecurity,
      ...logging.files,
      'server.properties': toProperties(controllerConfigOf(spec)),
      'start.sh': controllerStartScript(spec),
    },
    configMaps: [names(spec).quorumConfig],
    javaArguments: [
      ...heapOptions(spec.sizing.quorumHeapBytes.controllers),
      // The least memory beside the heap; a full collection of so small a heap takes a fraction of a heartbeat.
      '-XX:+UseSerialGC',
      ...commonJavaOptions,
      logging.javaOption,
      'kafka.Kafka',
      `${scratchPath}/server.properties`,
    ],
    ports: controllerPorts,
    probes,
    placement: quorumPlacement(spec, 'controller'),
    graceSeconds: 30,
    cpuMillis: spec.controllers.cpuMillis,
    memoryBytes: spec.controllers.memoryBytes,
    storageBytes: spec.controllers.storageBytes,
  });
}

/** What runs in a controller's container before the JVM takes its place, in POSIX shell with busybox's tools. */
export function controllerStartScript(spec: Spec): string {
  return `${scriptHead}
{
  cat ${configPath}/server.properties
  echo "node.id=$((${controllerId(0)} + \${POD_NAME##*-}))"
  # Without it, versions differ in what they take for their own address.
  echo "advertised.listeners=${controllerListener}://$POD_NAME.${headlessOf(spec, 'controller')}.${spec.namespace}.svc:${controllerPorts.controller}"
} > ${scratchPath}/server.properties

${classPath}

${formatController(spec)}

echo $$ > ${pidFile}
exec java -cp "\${class_path#:}" "$@"
`;
}
