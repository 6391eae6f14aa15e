export { adminLabels, renderAdminObjects } from './admin/render-admin-objects.ts';
export { renderNamespace } from './admin/render-namespace.ts';
export {
  clientLibraries,
  type ClientLibrary,
  type ClientLibraryName,
  type ClientTerms,
  javaConsumer,
  javaProducer,
} from './clients/client-libraries.ts';
export { clientSettings, clientTerms } from './clients/client-settings.ts';
export {
  allComponents,
  byComponent,
  components,
  componentsOf,
  ofComponent,
  otherQuorumComponentOf,
  quorumComponentOf,
  quorumComponents,
  quorumComponentsOf,
  type Component,
  type QuorumComponent,
} from './components.ts';
export {
  exporterFiles,
  exporterMemory,
  exporterPort,
  exporterSelector,
  isExporters,
  programAnnotation,
} from './exporter.ts';
export { bootstrapHost, brokerHost, brokerPodHost, hostOfPod, podOfHost } from './hosts.ts';
export { dynamicKeysOf, kafkaConfigOf, type KafkaConfig } from './kafka/kafka-config.ts';
export type { Json, JsonObject, KubernetesObject, Metadata } from './kubernetes-object.ts';
export {
  clientNamespaceLabel,
  clusterLabels,
  componentLabels,
  configAnnotation,
  isOurs,
  labelSelector,
  metricsLabel,
  nodeLabel,
  restartAnnotation,
  selector,
  zoneLabel,
} from './labels.ts';
export {
  brokerOfPod,
  claimOf,
  dataVolume,
  fieldManager,
  names,
  podNameOf,
  podOf,
  type ClusterName,
  ordinals,
} from './names.ts';
export { configPath, dataPath, kafkaLogPath, pidFile, scratchPath } from './paths.ts';
export { podSettings } from './pod/pod-settings.ts';
export { kafkaPorts } from './ports.ts';
export { fromProperties, toProperties } from './properties.ts';
export { parseQuantity } from './quantity.ts';
export { migrationFlag } from './migration/migration-settings.ts';
export { quorumManifests } from './quorum.ts';
export { prunableKinds, renderObjects } from './render-objects.ts';
export { renderServiceAccounts } from './service-accounts.ts';
export { toYaml } from './to-yaml.ts';
export { probeTopic, topicsOf, type DesiredTopic } from './topics.ts';
export {
  guestContainer,
  guestJob,
  noGuests,
  guestLabels,
  type GuestComponent,
  type GuestContainer,
} from './guest-job.ts';
export { clusterIdOf, quorumFiles } from './kraft/quorum-config-map.ts';
export { controllerId, controllerPorts, ordinalOfController } from './kraft/controller-addresses.ts';
export { emptyVolumeExitCode } from './kraft/format-volume.ts';
export { zookeeperChroot, zookeeperPorts } from './zookeeper/zookeeper-addresses.ts';
