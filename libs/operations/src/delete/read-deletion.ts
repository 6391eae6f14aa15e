import { isKafkaHaError } from '@kafka-ha/base';
import { checkAccess, getObject, listObjects, type KubeObject, refOf } from '@kafka-ha/kube';
import {
  allComponents,
  components,
  isOurs,
  labelSelector,
  names,
  prunableKinds,
  renderServiceAccounts,
} from '@kafka-ha/manifests';
import type { Cluster } from '@kafka-ha/cluster';

/** What there is of a cluster in Kubernetes, by its labels: whatever the file says of its size and mode today. */
export type Deletion = {
  namespace: 'active' | 'terminating' | 'absent' | 'unreadable';
  /** What makes pods: the brokers' StatefulSet, jobs that a drill has left, and then what keeps the metadata. */
  workloads: KubeObject[];
  pods: KubeObject[];
  /** What the pods need, until the last has ended. */
  rest: KubeObject[];
  /** What the pods ran as. An admin may have made them, and may be the only one who may remove them. */
  accounts: KubeObject[];
  /** The claims for the volumes: records, and metadata. */
  claims: KubeObject[];
  /**
   * That the quorum has formed, and what its volumes were formatted with. Volumes without it would be taken for those of a
   * cluster that is new, in which an empty controller may be formatted: so it stays as long as there are any.
   */
  quorumConfig: KubeObject[];
};

/** @throws KafkaHaError `kubernetes-unreachable`, `forbidden`. */
export async function readDeletion(cluster: Cluster): Promise<Deletion> {
  const { kube, spec } = cluster;
  const { namespace } = await checkAccess(kube, { namespace: spec.namespace, signal: cluster.signal });
  const none = { namespace, workloads: [], pods: [], rest: [], accounts: [], claims: [], quorumConfig: [] };
  if (namespace === 'absent') return none;
  const oursOf = async (kinds: readonly Kind[]) =>
    (await Promise.all(kinds.map((kind) => readOurs(cluster, kind)))).flat();
  const [makers, pods, others, accounts, claims] = await Promise.all([
    oursOf(makersOfPods),
    readOurs(cluster, core('Pod')),
    oursOf(prunableKinds),
    readAccounts(cluster),
    readOurs(cluster, core('PersistentVolumeClaim')),
  ]);
  const workloads = makers.toSorted((a, b) => Number(keepsMetadata(a)) - Number(keepsMetadata(b)));
  const quorumConfig = others.filter((object) => isQuorumConfig(spec, object));
  const rest = others.filter((object) => !isQuorumConfig(spec, object));
  return { namespace, workloads, pods, rest, accounts, claims, quorumConfig };
}

/** Whether nothing is left to remove. */
export function isDeleted(found: Deletion, options: { volumes: boolean; namespace: boolean }): boolean {
  if (options.namespace) return found.namespace === 'absent';
  const { workloads, pods, rest, accounts } = found;
  const left = [workloads, pods, rest, accounts, fateOfVolumes(found, options).removed];
  return left.every(({ length }) => length === 0);
}

/** What goes once no pod is left: the volumes, where they are to, and with the last of them what stays for them. */
export function fateOfVolumes(
  { claims, quorumConfig }: Deletion,
  { volumes }: { volumes: boolean },
): { removed: KubeObject[]; kept: KubeObject[] } {
  const all = [...claims, ...quorumConfig];
  return volumes || claims.length === 0 ? { removed: all, kept: [] } : { removed: [], kept: all };
}

function isQuorumConfig(spec: Cluster['spec'], { kind, metadata }: KubeObject): boolean {
  return kind === 'ConfigMap' && metadata.name === names(spec).quorumConfig;
}

type Kind = { apiVersion: string; kind: string };

/** All of a kind that are the cluster's. */
export async function readOurs({ kube, spec, signal }: Cluster, kind: Kind): Promise<KubeObject[]> {
  const selection = { ...kind, namespace: spec.namespace, labelSelector: labelSelector(spec) };
  return (await listObjects(kube, selection, { signal })).filter((object) => isOurs(spec, object));
}

const makersOfPods = [
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
];

/** Whether an object, or a pod, is of what keeps Kafka's metadata, in either mode. */
export function keepsMetadata({ metadata }: KubeObject): boolean {
  const label = metadata.labels?.['app.kubernetes.io/component'];
  return allComponents.some((component) => component !== 'kafka' && components[component].label === label);
}

/** By their names: the deployer's Role lists none. */
async function readAccounts({ kube, spec, signal }: Cluster): Promise<KubeObject[]> {
  const wanted = renderServiceAccounts(spec).map((account) => refOf(account));
  const found = await Promise.all(
    wanted.map(async (ref) => {
      try {
        return await getObject(kube, ref, { signal });
      } catch (error) {
        if (isKafkaHaError(error) && error.code === 'forbidden') return undefined;
        throw error;
      }
    }),
  );
  return found.filter((account) => account !== undefined).filter((account) => isOurs(spec, account));
}

/** What else lives in the cluster's namespace, as far as it is looked at: a namespace takes all of it with it. */
export async function readOthers({ kube, spec, signal }: Cluster): Promise<KubeObject[]> {
  const kinds = [...makersOfPods, ...prunableKinds, ...['Pod', 'PersistentVolumeClaim'].map(core)];
  const { namespace } = spec;
  const found = await Promise.all(kinds.map((kind) => listObjects(kube, { ...kind, namespace }, { signal })));
  return found
    .flat()
    .filter((object) => !isOurs(spec, object) && !kubernetesOwn.includes(object.metadata.name));
}

/** A kind of the API's core. */
export function core(kind: string): Kind {
  return { apiVersion: 'v1', kind };
}

/** Kubernetes puts it into every namespace; a service mesh may add its own. */
const kubernetesOwn = ['kube-root-ca.crt', 'istio-ca-root-cert', 'openshift-service-ca.crt'];
