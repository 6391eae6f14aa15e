import { count } from '@kafka-ha/base';
import { keeperOf, type DrilledVersions, type DrillResult } from '@kafka-ha/history';
import { components, type QuorumComponent } from '@kafka-ha/manifests';

/** What was drilled: "events in kafka: 5 brokers, 2 may be lost at once, …". Several clusters are told one after the other. */
export function describeCluster(results: readonly DrillResult[]): string {
  const sentences = results.map(
    ({ cluster: { name, namespace, brokers, tolerance, minInSync, versions } }) =>
      `Cluster ${name} in ${namespace}: ${count(brokers, 'broker')}, ${tolerance} may be lost at once, ` +
      `min.insync.replicas ${minInSync}; Kafka ${versions.kafka}, ${describeKeeper(versions)}, client ${versions.client}.`,
  );
  return [...new Set(sentences)].join(' ');
}

function describeKeeper(versions: DrilledVersions): string {
  const { component, version } = keeperOf(versions);
  const { system, hasFeatures } = components[component];
  return hasFeatures ? `${system} metadata ${version}` : `${system} ${version}`;
}

/** Which component kept the metadata of the cluster that was drilled. */
export function keeperIn({ cluster: { versions } }: Pick<DrillResult, 'cluster'>): QuorumComponent {
  return keeperOf(versions).component;
}
