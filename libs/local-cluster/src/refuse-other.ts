import type { LocalClusterState, NamespacesState } from './cluster-state.ts';
import { KafkaHaError } from '@kafka-ha/base';
import { allComponents, components } from '@kafka-ha/manifests';
import { lackingImages } from './software.ts';

/** What `up` was asked for, as far as it cannot be changed while a cluster runs. */
export type Wanted = Omit<NamespacesState, 'provider' | 'complete' | 'builds'> &
  Pick<LocalClusterState, 'provider'>;

/** Throws `conflict` where a cluster is another than is wanted: to make it anew would throw away what it holds. */
export function refuseOther(name: string, state: LocalClusterState, wanted: Wanted): void {
  const differences = differencesOf(state, wanted);
  if (differences.length === 0) return;
  throw new KafkaHaError('conflict', `the local cluster ${name} differs from what was asked for`, {
    details: differences,
    hint: `Take it down first (kafka-ha local down --name ${name}), or choose another name.`,
  });
}

function differencesOf(state: LocalClusterState, wanted: Wanted): string[] {
  const unlike = (what: string, has: unknown, asked: unknown) =>
    JSON.stringify(has) === JSON.stringify(asked)
      ? []
      : [`${what}: it has ${String(has)}, asked for ${String(asked)}`];
  const provider = unlike('provider', state.provider, wanted.provider);
  if (!state.complete) return provider; // what is left of another provider's is not for this one to clean
  const common = [
    ...provider,
    ...unlike('workers', state.workers, wanted.workers),
    ...unlike('zones', state.zones, wanted.zones),
  ];
  if (state.provider === 'kind') return common;
  return [
    ...common,
    ...lackingImages(state.images, wanted.images),
    ...allComponents.flatMap((component) =>
      unlike(`GiB for a ${components[component].noun}`, state.volumes[component], wanted.volumes[component]),
    ),
  ];
}
