/** Nodes and zones. */
export const ofPlacement = {
  'brokers-share-node': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'Too many brokers on one node',
    meaning: 'Losing this node takes down more brokers than the cluster file allows on a node.',
    action: 'Give the cluster enough nodes, then run `kafka-ha roll --restart --broker N` for one of them.',
  },
  'zookeeper-share-node': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'ZooKeeper depends on one node',
    meaning: 'Losing this node ends the quorum.',
    action: 'Give the cluster enough nodes, then delete the pod of one of these servers.',
  },
  'broker-rack-differs': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'broker.rack is not the zone',
    meaning:
      'Kafka places replicas by broker.rack. This broker has none, or not the zone that its pod is in.',
    action: 'Restart the broker with `kafka-ha roll --restart --broker N`. It reads its zone when it starts.',
  },
  'zone-holds-too-many': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'Too many brokers in one zone',
    meaning: 'Losing this zone takes more brokers than may be lost at once, although there are other zones.',
    action: 'Make sure that every zone has nodes with room for a broker.',
  },
  'zones-not-heeded': {
    severity: 'warning',
    kubernetesOnly: true,
    title: 'Zones are ignored',
    meaning:
      'Pods do not carry the zone of their node, which Kubernetes adds from 1.35 on. Brokers then have no broker.rack, and one zone may hold most replicas of a partition.',
    action:
      'Upgrade Kubernetes to 1.35 or later, then restart the brokers with `kafka-ha roll --restart`. If there is only one zone, nothing needs to be done.',
  },
  'policies-not-enforced': {
    severity: 'warning',
    title: 'NetworkPolicies are not enforced',
    meaning:
      'A pod was let through to a port that a NetworkPolicy closes to it. Nothing else keeps others from the brokers: every pod of the Kubernetes cluster can read, write and delete. Only `kafka-ha health --probe` looks.',
    action:
      'Use a network that enforces them; [support](support.md#kubernetes) names some. If yours should, see whether the policies are there: `kafka-ha plan` shows what is missing.',
  },
} as const;
