/** Clusters with ZooKeeper: its servers, and the controller, which is one of the brokers. */
export const ofZookeeper = {
  'zookeeper-several-leaders': {
    severity: 'error',
    title: 'ZooKeeper is split',
    meaning: 'More than one ZooKeeper server claims to be the leader, so there are two ensembles.',
    action:
      'Change nothing in Kafka. Compare zoo.cfg and myid of the servers, and restart the leader with the lower zxid.',
  },
  'zookeeper-standalone': {
    severity: 'error',
    title: 'A ZooKeeper server runs standalone',
    meaning: 'A server runs outside the ensemble and answers with its own data.',
    action: 'Compare its zoo.cfg with that of the others and restart it before a broker connects to it.',
  },
  'zookeeper-no-leader': {
    severity: 'error',
    title: 'ZooKeeper has no leader',
    meaning: 'There is no quorum. Brokers keep serving, but no leader can be elected and no ISR can change.',
    action: 'Bring a majority of the ZooKeeper servers back. Leave the brokers alone.',
  },
  'zookeeper-server-missing': {
    severity: 'error',
    kubernetesOnly: true,
    title: 'A ZooKeeper server is missing',
    meaning:
      'There are fewer ZooKeeper servers than the cluster file says. The next loss may end the quorum.',
    action: 'Find out why its pod does not exist.',
  },
  'zookeeper-server-not-serving': {
    severity: 'error',
    title: 'A ZooKeeper server does not serve',
    meaning:
      'The server does not answer, or answers that it is not part of the quorum. The next loss may end the quorum.',
    action: 'Read its log. If the server has lost its data, restart it: it copies the data from the leader.',
  },
  'zookeeper-followers-not-synced': {
    severity: 'error',
    title: 'A ZooKeeper follower lags behind',
    meaning: 'The leader has fewer synced followers than there are followers. Do not restart it now.',
    action: 'Wait a few seconds and check again. If it lasts, check the disk and memory of the followers.',
  },
  'no-controller': {
    severity: 'error',
    title: 'No controller',
    meaning: 'No broker is the controller, so no leader is elected when a broker is lost.',
    action:
      'A new one is elected within the session timeout. If it lasts, check whether ZooKeeper has a leader.',
  },
  'controller-not-registered': {
    severity: 'error',
    title: 'The controller is not a broker',
    meaning: 'The controller that Kafka names is not among the registered brokers.',
    action: 'A new one is elected within the session timeout. If it lasts, restart the broker that is named.',
  },
} as const;
