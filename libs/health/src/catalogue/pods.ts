/** StatefulSets and pods of any component, and the exporter. */
export const ofPods = {
  'statefulset-missing': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'Not deployed',
    meaning: 'The StatefulSet of the brokers, or of the servers that keep the metadata, does not exist.',
    action: 'Run `kafka-ha deploy`.',
  },
  'statefulset-replicas-differ': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'The number of pods differs from the cluster file',
    meaning: 'The StatefulSet asks for more or fewer pods than the cluster file says.',
    action:
      'Brokers: run `kafka-ha scale` with the number that you want, or put the present number into the cluster file. Servers that keep the metadata: put their present number back into the cluster file, because it cannot be changed while they run.',
  },
  'statefulset-not-observed': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'Kubernetes has not processed a change',
    meaning: 'The StatefulSet was changed, but its controller has not processed the change yet.',
    action: 'Check again in a few seconds. If it lasts, the controller manager of Kubernetes is not running.',
  },
  'pod-missing': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'A pod is missing',
    meaning: 'The StatefulSet should have this pod, but Kubernetes has not created it.',
    action:
      'Read the events of its StatefulSet: a quota, an admission rule or a stopped controller manager may prevent it.',
  },
  'pod-waiting': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'A pod cannot start',
    meaning: 'The container of this pod does not run; Kubernetes gives the reason.',
    action: 'Remove the cause that is named. The pod then starts by itself.',
  },
  'pod-not-ready': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'A pod is not ready',
    meaning: 'The pod exists but does not serve: it is starting, in log recovery, terminating, or hanging.',
    action: 'A start takes seconds, log recovery takes minutes. If it takes longer, read its log.',
  },
  'pod-restarted': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'A pod has restarted',
    meaning: 'The pod serves now, but its container has ended at least once.',
    action: 'Read the log of the container that ended.',
  },
  'pods-outdated': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'A change waits for a roll',
    meaning: 'These pods do not run the latest revision of their StatefulSet yet.',
    action: 'Run `kafka-ha roll`.',
  },
  'exporter-not-ready': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'The exporter does not run',
    meaning:
      'The cluster file has `metrics`, but the pod that tells Prometheus about the cluster does not serve, or not as the file has it. Without it the only alert that can fire is `KafkaHaNobodyWatches`.',
    action:
      'Remove the cause that is named. An image that cannot be pulled: check `images.workload` and `pods.imagePullSecrets` in the cluster file. No node that takes it: check `pods.exporter`.',
  },
} as const;
