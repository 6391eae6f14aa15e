import type { Spec } from '@kafka-ha/config';
import type { QuorumManifests, QuorumObjects } from '../quorum-manifests.ts';
import { kafkaPorts, tcp } from '../ports.ts';
import { headlessService } from '../service.ts';
import { controllerPorts } from './controller-addresses.ts';
import { quorumSettings } from './controller-config.ts';
import { controllerStatefulSet } from './controller-stateful-set.ts';
import { fenceOldBroker, registrationLog } from './fence-old-broker.ts';
import { formatBroker } from './format-volume.ts';
import { quorumConfigMap } from './quorum-config-map.ts';
import { brokerSessionEndMs, brokerSessionMs } from './sessions.ts';
import { names } from '../names.ts';

/** Kafka's own controllers. */
export const controllerObjects: QuorumObjects = {
  statefulSet: controllerStatefulSet,
  services: (spec) => [headlessService(spec, 'controller', controllerPorts)],
  configMaps: (spec) => [quorumConfigMap(spec)],
  ingress: (_spec, { brokers, members, readers }) => [
    { from: [brokers, members, ...readers], ports: [tcp(controllerPorts.controller)] },
  ],
};

/** Brokers whose metadata Kafka's own controllers keep. */
export const kraftBrokers: QuorumManifests = {
  broker: {
    ports: { clients: kafkaPorts.clients, replication: kafkaPorts.replication },
    settings: brokerSettings,
    idSetting: 'node.id',
    configMaps: (spec) => [names(spec).quorumConfig],
    registrationLog,
  },
  startScript: {
    // Kafka itself waits for the controllers, for ten minutes, in a JVM that has started meanwhile.
    awaitQuorum: () => 'limit=$(command -v timeout || true)',
    endOldRegistration: fenceOldBroker,
    format: (spec) => `\n${formatBroker(spec)}\n`,
  },
  sessionMs: brokerSessionMs,
  sessionEndMs: brokerSessionEndMs,
};

/** For as long as the controllers may be away without a broker minding. One that answers no more is left after a request's 2 s. */
const awayMs = 600_000;

function brokerSettings(spec: Spec): Record<string, string> {
  return {
    ...quorumSettings(spec),
    'process.roles': 'broker',
    // While the quorum is away, and while the session of the JVM before is not over. Kafka's 60 s would make a crash loop of it.
    'initial.broker.registration.timeout.ms': String(awayMs),
    // A broker elects nobody, but once these have run out (after 2 and 1 s by default) Kafka's thread for the metadata asks
    // without a pause until a leader answers, and takes a whole processor.
    'controller.quorum.fetch.timeout.ms': String(awayMs),
    'controller.quorum.election.timeout.ms': String(awayMs),
  };
}
