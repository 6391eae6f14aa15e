import { registry } from '../images/images.ts';
import type { VolumeSizes } from '../local-cluster.ts';
import { versions } from '../versions.ts';
import { addresses } from './addresses.ts';
import { nodeName } from './kubeadm-config.ts';

/** What a cluster holds from the start, besides what kubeadm makes: a default storage class, its volumes, DNS. */
export function clusterObjects(workers: number, volumes: VolumeSizes): object {
  const perWorker = Array.from({ length: workers }, (_, index) => nodeName(index + 1)).flatMap((node) =>
    Object.entries(volumes).map(([volume, size]) => persistentVolume(node, volume, size)),
  );
  return { apiVersion: 'v1', kind: 'List', items: [storageClass, ...perWorker, ...dns] };
}

const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
  reclaimPolicy: 'Retain',
};

function persistentVolume(node: string, volume: string, gibibytes: number): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${node}-${volume}` },
    spec: {
      capacity: { storage: `${gibibytes}Gi` },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: storageClass.metadata.name,
      local: { path: `/mnt/volumes/${volume}` },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  };
}

/** Nothing is forwarded, for there is no way out; and an address that has changed is known five seconds later. */
export const corefile = `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    pods insecure
    ttl 5
  }
  loadbalance
}
`;

const labels = { 'k8s-app': 'kube-dns' };
const metadata = { name: 'coredns', namespace: 'kube-system', labels };

/** One server, on the control plane, which no drill takes away. */
const dns = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:coredns' },
    rules: [
      { apiGroups: [''], resources: ['services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
    subjects: [{ kind: 'ServiceAccount', name: metadata.name, namespace: metadata.namespace }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: corefile } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: metadata.name,
          nodeName: nodeName(0),
          tolerations: [{ operator: 'Exists' }],
          dnsPolicy: 'Default',
          containers: [
            {
              name: 'coredns',
              image: `${registry}/coredns:v${versions.coredns}`,
              imagePullPolicy: 'Never',
              command: ['coredns', '-conf', '/etc/coredns/Corefile'],
              // the API server itself, so that it need not wait for kube-proxy to know the way
              env: [
                { name: 'KUBERNETES_SERVICE_HOST', value: addresses.node(0) },
                { name: 'KUBERNETES_SERVICE_PORT', value: '6443' },
              ],
              readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
              livenessProbe: {
                httpGet: { path: '/health', port: 8080 },
                periodSeconds: 10,
                failureThreshold: 5,
              },
              volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
            },
          ],
          volumes: [{ name: 'config', configMap: { name: metadata.name } }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, name: 'kube-dns' },
    spec: {
      selector: labels,
      clusterIP: addresses.dns,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
    },
  },
];
