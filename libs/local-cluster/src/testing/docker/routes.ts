const name = 'routes';
const namespace = 'kube-system';
const rbac = 'rbac.authorization.k8s.io';

/**
 * The least that joins the pods of several nodes: each node gives its pods addresses of its own range, and has a route to that of
 * every other. It enforces no NetworkPolicy. The image has a shell and all of Kubernetes.
 */
export function routes(image: string): object {
  const metadata = { name, namespace };
  const labels = { app: name };
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRole',
        metadata: { name },
        rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] }],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata,
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: podSpec(image) },
        },
      },
    ],
  };
}

const podSpec = (image: string) => ({
  hostNetwork: true,
  serviceAccountName: name,
  priorityClassName: 'system-node-critical',
  tolerations: [{ operator: 'Exists' }],
  containers: [
    {
      name,
      image,
      imagePullPolicy: 'Never',
      command: ['sh', '-euc', script],
      securityContext: { capabilities: { add: ['NET_ADMIN'] } },
      env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
      volumeMounts: [{ name: 'conf', mountPath: '/etc/cni/net.d' }],
    },
  ],
  volumes: [{ name: 'conf', hostPath: { path: '/etc/cni/net.d' } }],
});

const address = '{.status.addresses[?(@.type=="InternalIP")].address}';

/** A node has its range a moment after it has joined. */
const script = `ln -s /usr/local/bin/kubernetes /tmp/kubectl
while sleep 1; do
  /tmp/kubectl get nodes -o 'jsonpath={range .items[*]}{.metadata.name} ${address} {.spec.podCIDR}{"\\n"}{end}' > /tmp/nodes || continue
  while read -r node address pods; do
    if [ -z "$pods" ]; then continue; fi
    if [ "$node" != "$NODE" ]; then
      ip route replace "$pods" via "$address"
    elif [ ! -e /etc/cni/net.d/routes.conflist ]; then
      echo '{"cniVersion": "0.4.0", "name": "routes", "plugins": [
        {"type": "ptp", "ipam": {"type": "host-local", "dataDir": "/run/cni-addresses",
          "routes": [{"dst": "0.0.0.0/0"}], "ranges": [[{"subnet": "'"$pods"'"}]]}},
        {"type": "portmap", "capabilities": {"portMappings": true}}]}' > /tmp/conf
      cp /tmp/conf /etc/cni/net.d/routes.conflist
    fi
  done < /tmp/nodes
done`;
