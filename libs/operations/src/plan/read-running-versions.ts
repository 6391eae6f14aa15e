import { type Cluster, membersQuery } from '@kafka-ha/cluster';
import { listObjects, type Pod } from '@kafka-ha/kube';
import { brokerOfPod, configAnnotation, fromProperties, names, quorumComponentOf } from '@kafka-ha/manifests';
import type { VersionChange } from '@kafka-ha/planning';

/** What runs, without controllers, as the pods themselves say: they may differ in the middle of a roll. */
export async function readRunningVersions({
  kube,
  spec,
  signal,
}: Cluster): Promise<Omit<VersionChange, 'wanted'>> {
  const query = membersQuery(spec, 'Pod');
  const pods = await listObjects<Pod>(kube, query, { signal });
  const keeper = quorumComponentOf(spec);
  const servers = pods.filter(({ metadata }) => metadata.name.startsWith(`${names(spec)[keeper]}-`));
  return {
    brokers: pods.flatMap((pod) => brokerVersion(spec, pod)),
    servers: servers.flatMap((pod) => imageVersion(pod, keeper) ?? []),
  };
}

/** The protocol stands in the broker's own configuration, whatever its image is called. */
export function brokerVersion(spec: Cluster['spec'], pod: Pod): VersionChange['brokers'][number][] {
  const id = brokerOfPod(spec, pod.metadata.name);
  const version = imageVersion(pod, 'kafka');
  const file = pod.metadata.annotations?.[configAnnotation('server.properties')];
  const protocol = file === undefined ? undefined : fromProperties(file)['inter.broker.protocol.version'];
  if (id === undefined || protocol === undefined) return [];
  return [version === undefined ? { id, protocol } : { id, version, protocol }];
}

/** Of the image's tag, e.g. `3.9.2` of `apache/kafka:3.9.2@sha256:…`. */
export function imageVersion({ spec }: Pod, container: string): string | undefined {
  const containers = spec.containers as { name: string; image?: string }[];
  const image = containers.find(({ name }) => name === container)?.image ?? '';
  return /:(\d+\.\d+\.\d+)[^/]*$/.exec(image.split('@')[0] ?? '')?.[1];
}
