import { getObject, listObjects, type KubeObject, type Pod, type StatefulSet } from '@kafka-ha/kube';
import {
  brokerOfPod,
  claimOf,
  configAnnotation,
  fromProperties,
  migrationFlag,
  names,
  type Component,
} from '@kafka-ha/manifests';
import type { MigrationFacts, NodeKind } from '@kafka-ha/planning';
import type { Cluster } from '../cluster.ts';
import { membersQuery, statefulSetRef } from '../refs.ts';
import { readMigrationMarks } from './migration-marks.ts';

/** How far the cluster is on its way from ZooKeeper to KRaft, as its objects say; whatever its file says. */
export async function readMigration(cluster: Cluster): Promise<MigrationFacts> {
  const { kube, spec, signal } = cluster;
  const setOf = (component: Component) =>
    getObject<StatefulSet>(kube, statefulSetRef(spec, component), { signal });
  const [brokers, controllers, zookeeper, pods, claims, marks] = await Promise.all([
    setOf('kafka'),
    setOf('controller'),
    setOf('zookeeper'),
    listObjects<Pod>(kube, membersQuery(spec, 'Pod'), { signal }),
    listObjects<KubeObject>(kube, membersQuery(spec, 'PersistentVolumeClaim'), { signal }),
    readMigrationMarks(cluster),
  ]);
  const ofControllers = kindOfSet(controllers);
  const brokerPods = pods.flatMap((pod) => {
    const [id, kind] = [brokerOfPod(spec, pod.metadata.name), kindOf(pod)];
    return id === undefined || kind === undefined ? [] : [{ id, kind }];
  });
  return {
    // Pods run on without their StatefulSet, as where a run was killed that made it anew.
    brokers: kindOfSet(brokers) ?? brokerPods[0]?.kind ?? null,
    brokerPods,
    controllers: ofControllers === null ? null : ofControllers === 'migrating' ? 'migrating' : 'kraft',
    zookeeper: zookeeper === undefined ? null : 'there',
    controllerVolumes: claims.filter(({ metadata }) =>
      metadata.name.startsWith(claimOf(`${names(spec).controller}-`)),
    ).length,
    since: marks.since,
    isFinalizing: marks.isFinalizing === true,
    zookeeperId: marks.zookeeperId,
  };
}

function kindOfSet(set: StatefulSet | undefined): NodeKind | null {
  const template = set?.spec['template'] as Pick<Pod, 'metadata'> | undefined;
  return template === undefined ? null : (kindOf(template) ?? 'zookeeper');
}

/** By the configuration that its pod was made with. */
function kindOf({ metadata }: Pick<Pod, 'metadata'>): NodeKind | undefined {
  const file = metadata.annotations?.[configAnnotation('server.properties')];
  if (file === undefined) return undefined;
  const settings = fromProperties(file);
  if (settings[migrationFlag] === 'true') return 'migrating';
  return settings['process.roles'] === undefined ? 'zookeeper' : 'kraft';
}
