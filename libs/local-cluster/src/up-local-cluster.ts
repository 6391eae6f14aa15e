import { KafkaHaError, type StepEvent } from '@kafka-ha/base';
import { inspectMachine } from './inspect-machine.ts';
import { upKind } from './kind/up-kind.ts';
import type { LocalCluster, UpOptions } from './local-cluster.ts';
import { mostWorkers } from './namespaces/addresses.ts';
import { upNamespaces } from './namespaces/up-namespaces.ts';
import { clusterDirectory } from './paths.ts';
import { chooseWay } from './prerequisites.ts';
import { defaultImages } from './software.ts';
import { defaultVolumes } from './versions.ts';

/**
 * Brings a real Kubernetes cluster up, or makes sure that the one of that name answers. What an earlier `up` left
 * unfinished is cleaned away first; whatever is not cached is fetched and built.
 *
 * Throws `missing-prerequisite` before anything starts, `conflict` if the cluster is there but another than is asked
 * for, `local-cluster-failed` naming the step and its log, `aborted`.
 */
export async function* upLocalCluster(options: UpOptions): AsyncGenerator<StepEvent, LocalCluster> {
  const { name, workers, zones = 3, images = defaultImages, volumes = defaultVolumes, signal } = options;
  clusterDirectory(name);
  if (!Number.isInteger(workers) || workers < 1 || workers > mostWorkers)
    throw new KafkaHaError(
      'invalid-usage',
      `a local cluster has 1 to ${mostWorkers} workers, not ${workers}`,
    );
  const { provider, packages, warnings } = chooseWay(await inspectMachine(), options.provider ?? 'auto');
  const wanted = { provider, workers, zones, images, volumes };
  return yield* provider === 'kind'
    ? upKind(name, wanted, warnings, signal)
    : upNamespaces(name, wanted, packages, signal);
}
