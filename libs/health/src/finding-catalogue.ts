/** What the documentation says about one kind of finding. */
export type CatalogueEntry = {
  /** An error breaks the promise now, or leaves it unproven; a warning will, or costs something. */
  severity: 'error' | 'warning';
  title: string;
  meaning: string;
  /** What to do, where the finding itself knows nothing better. */
  action: string;
};

/**
 * Every kind of finding that `assess` can raise. Codes are stable: scripts may rely on them. Their order is the order of
 * importance: what is cause stands before what follows from it.
 */
export const findingCatalogue = {
  'statefulset-missing': {
    severity: 'error',
    title: 'Not deployed',
    meaning: 'The StatefulSet of the brokers or of the ZooKeeper servers does not exist.',
    action: 'Run `kafka-ha deploy`.',
  },
  'statefulset-replicas-differ': {
    severity: 'error',
    title: 'Another size than in the cluster file',
    meaning: 'The StatefulSet asks for more or fewer pods than the cluster file says.',
    action:
      'Brokers: run `kafka-ha scale` to the size wanted, or put the size that is there into the cluster file. ZooKeeper servers: put their number back into the cluster file, as that of a running ensemble is not changed.',
  },
  'broker-missing': {
    severity: 'error',
    title: 'A broker is missing',
    meaning:
      'A broker of the cluster file is not registered. Its partitions are led by others and have a replica less.',
    action: 'See why its pod does not serve. Once the broker is back, its replicas catch up by themselves.',
  },
  'broker-cut-off': {
    severity: 'error',
    title: 'A broker is cut off',
    meaning:
      'A broker answers clients, and from old memory: for some seconds it has differed from what ZooKeeper and the other brokers say. It is no witness of how the cluster is, and what it leads in its own belief cannot be written.',
    action:
      'See the network of its node, to the other brokers and to ZooKeeper. Restart no other broker before this one is back.',
  },
  'disk-full': {
    severity: 'error',
    title: 'A volume is all but full',
    meaning:
      'A broker uses 90 % of its volume or more. A broker whose volume is full halts, and all fill alike.',
    action:
      'Raise storage.size in the cluster file and run `kafka-ha deploy`, or shorten the retention of the largest topics.',
  },
  'pod-missing': {
    severity: 'error',
    title: 'A pod is missing',
    meaning: 'The StatefulSet should have this pod, and Kubernetes has not made it.',
    action:
      'See the events of its StatefulSet: a quota, an admission rule or a stopped controller manager keeps it away.',
  },
  'pod-waiting': {
    severity: 'error',
    title: 'A pod cannot start',
    meaning: 'Kubernetes says why the container of this pod does not run.',
    action: 'Remove the cause that is named; the pod then starts by itself.',
  },
  'pod-not-ready': {
    severity: 'error',
    title: 'A pod is not ready',
    meaning: 'The pod is there and does not serve: it starts, recovers its logs, ends, or hangs.',
    action: 'A start takes seconds, a recovery of logs minutes. If it lasts, read its log.',
  },
  'zookeeper-several-leaders': {
    severity: 'error',
    title: 'ZooKeeper is split',
    meaning: 'More than one ZooKeeper server says that it leads: there are two ensembles.',
    action:
      'Change nothing in Kafka. Compare zoo.cfg and myid of the servers, and restart the one with the lower zxid.',
  },
  'zookeeper-standalone': {
    severity: 'error',
    title: 'A ZooKeeper server stands alone',
    meaning: 'A server runs outside of the ensemble and answers with data of its own.',
    action: 'Compare its zoo.cfg with that of the others and restart it before a broker connects to it.',
  },
  'zookeeper-no-leader': {
    severity: 'error',
    title: 'ZooKeeper has no leader',
    meaning:
      'There is no quorum. Brokers go on serving as they are, but no leader can be elected and no ISR can change.',
    action: 'Bring a majority of the ZooKeeper servers back; leave the brokers alone.',
  },
  'zookeeper-server-missing': {
    severity: 'error',
    title: 'A ZooKeeper server is missing',
    meaning:
      'There are fewer ZooKeeper servers than the cluster file says: the next loss may end the quorum.',
    action: 'See why its pod is not there.',
  },
  'zookeeper-server-not-serving': {
    severity: 'error',
    title: 'A ZooKeeper server does not serve',
    meaning:
      'The server does not answer, or answers that it is not part of the quorum. The next loss may end the quorum.',
    action:
      'Read its log. A server that has lost its data takes it over from the leader when it is restarted.',
  },
  'zookeeper-followers-not-synced': {
    severity: 'error',
    title: 'A ZooKeeper follower lags behind',
    meaning: 'The leader counts fewer synced followers than there are: it must not be restarted now.',
    action:
      'Wait some seconds and look again. If it lasts, look at the disk and the memory of the followers.',
  },
  'source-unreadable': {
    severity: 'error',
    title: 'Could not be read',
    meaning:
      'Something that health depends on could not be read: without other errors the verdict is unknown.',
    action: 'Remove the cause that is named and look again.',
  },
  'no-controller': {
    severity: 'error',
    title: 'No controller',
    meaning: 'No broker is the controller: leaders are not elected when a broker is lost.',
    action:
      'A new one is elected within the session timeout. If it lasts, see whether ZooKeeper has a leader.',
  },
  'controller-not-registered': {
    severity: 'error',
    title: 'The controller is not a broker',
    meaning: 'The controller that Kafka names is not among the registered brokers.',
    action: 'A new one is elected within the session timeout. If it lasts, restart the broker that is named.',
  },
  'partitions-offline': {
    severity: 'error',
    title: 'Partitions offline',
    meaning: 'These partitions have no leader: nothing can be written or read.',
    action:
      'Bring back the brokers that were last in their ISR. Never allow an unclean election: it drops records.',
  },
  'partitions-under-min-isr': {
    severity: 'error',
    title: 'Partitions refuse writes',
    meaning:
      'Fewer replicas are in sync than min.insync.replicas asks for: writes with acks=all are refused.',
    action: 'Bring back the brokers that are out of the ISR.',
  },
  'partitions-under-replicated': {
    severity: 'error',
    title: 'Partitions lack replicas in sync',
    meaning: 'All is served, but fewer brokers may be lost than the cluster file promises.',
    action:
      'Wait until the replicas have caught up. If a broker that runs stays out, look at its disk and its log.',
  },
  'topic-breaks-promise': {
    severity: 'error',
    title: 'A topic breaks the promise',
    meaning:
      'Its replication factor or min.insync.replicas does not pass the proof: losing f brokers at once can lose its records or stop its writes. This holds for every topic but those under otherTopics.',
    action: 'Reassign it to 2f+1 replicas and set its min.insync.replicas to f+1.',
  },
  'topic-unclean-election': {
    severity: 'error',
    title: 'A topic allows unclean elections',
    meaning: 'A replica that lacks acknowledged records may become leader, and these are then lost.',
    action: 'Set unclean.leader.election.enable of the topic to false.',
  },
  'internal-topic-missing': {
    severity: 'error',
    title: 'An internal topic is missing',
    meaning: 'Kafka would make it when first needed, which fails while a broker is down.',
    action: 'Run `kafka-ha deploy`, which creates it.',
  },
  'topic-missing': {
    severity: 'error',
    title: 'A topic is missing',
    meaning: 'A topic of the cluster file does not exist.',
    action: 'Run `kafka-ha deploy`, which creates it.',
  },
  'broker-unexpected': {
    severity: 'error',
    title: 'A broker too many',
    meaning:
      'A broker is registered that the cluster file does not have; replicas on it are outside of the proof.',
    action:
      'Run `kafka-ha scale`, which empties a broker before it goes, or raise brokers in the cluster file.',
  },
  'brokers-share-node': {
    severity: 'error',
    title: 'Too many brokers on one node',
    meaning: 'Losing this node takes more brokers at once than the cluster file allows on a node.',
    action: 'Give the cluster enough nodes, then run `kafka-ha roll --restart --broker N` for one of them.',
  },
  'zookeeper-share-node': {
    severity: 'error',
    title: 'ZooKeeper depends on one node',
    meaning: 'Losing this node takes the quorum.',
    action: 'Give the cluster enough nodes, then delete the pod of one of these servers.',
  },
  'disk-nearly-full': {
    severity: 'warning',
    title: 'A volume fills up',
    meaning: 'A broker uses 80 % of its volume or more.',
    action:
      'Raise storage.size in the cluster file and run `kafka-ha deploy`, or shorten the retention of the largest topics.',
  },
  'disk-unreadable': {
    severity: 'warning',
    title: 'A volume could not be read',
    meaning: 'How full the volume of this broker is, is not known.',
    action: 'Remove the cause that is named and look again.',
  },
  'detail-unreadable': {
    severity: 'warning',
    title: 'A detail could not be read',
    meaning: 'Something that the verdict does not depend on could not be read.',
    action: 'Remove the cause that is named and look again.',
  },
  'pod-restarted': {
    severity: 'warning',
    title: 'A pod has restarted',
    meaning: 'The pod serves now, but its container ended by itself at least once.',
    action: 'Read the log of the container that ended.',
  },
  'pods-outdated': {
    severity: 'warning',
    title: 'A change waits for a roll',
    meaning: 'These pods still run as they were before the last change of the cluster.',
    action: 'Run `kafka-ha roll`.',
  },
  'statefulset-not-observed': {
    severity: 'warning',
    title: 'Kubernetes has not taken up a change',
    meaning: 'The StatefulSet was changed and its controller has not looked at it yet.',
    action: 'Look again in some seconds. If it lasts, the controller manager of Kubernetes does not run.',
  },
  'topic-partitions-differ': {
    severity: 'warning',
    title: 'Another number of partitions than in the cluster file',
    meaning: 'Partitions can be added to a topic, never taken away.',
    action:
      'To add partitions say `allowMorePartitions: true` in the topic and run `kafka-ha deploy`: records of a key then go to another partition. Else put the number that is there into the cluster file.',
  },
  'leaders-not-preferred': {
    severity: 'warning',
    title: 'Leaders are not where they should be',
    meaning:
      'Partitions are led by another broker than their preferred one, so that some brokers carry more load.',
    action:
      'Run `kafka-ha roll`: where nothing is to be restarted it gives them back at once, and restarts nothing. Kafka does so by itself within five minutes, where `auto.leader.rebalance.enable` is on and a broker lacks more than a tenth of what it should lead.',
  },
  'leaders-uneven': {
    severity: 'warning',
    title: 'Preferred leaders are uneven',
    meaning: 'The replica lists of a topic give some brokers more partitions to lead than others.',
    action: 'Run `kafka-ha scale` to the number of brokers that there are: it evens the replica lists out.',
  },
  'broker-rack-differs': {
    severity: 'warning',
    title: 'broker.rack is not the zone',
    meaning:
      'Kafka places replicas by broker.rack; this broker gives another one than the zone its pod is in, or none.',
    action: 'Restart the broker with `kafka-ha roll --restart --broker N`: it reads its zone when it starts.',
  },
  'zone-holds-too-many': {
    severity: 'warning',
    title: 'Too many brokers in one zone',
    meaning: 'Losing this zone takes more brokers than may be lost at once, although there are other zones.',
    action: 'See that every zone has nodes with room for a broker.',
  },
  'zones-not-heeded': {
    severity: 'warning',
    title: 'Zones are not heeded',
    meaning:
      'Pods do not carry the zone of their node, which Kubernetes gives them from 1.35 on: brokers have no broker.rack, and a zone may hold most replicas of a partition.',
    action:
      'Upgrade Kubernetes to 1.35 or later, then restart the brokers with `kafka-ha roll --restart`. In one zone, nothing.',
  },
  'reassignment-ongoing': {
    severity: 'warning',
    title: 'Replicas are being moved',
    meaning: 'A reassignment runs, or was left unfinished.',
    action:
      'Wait until it is done. If no scale runs, `kafka-ha scale` goes on with it, and with --abort ends it.',
  },
  'throttle-left': {
    severity: 'warning',
    title: 'A throttle was left behind',
    meaning:
      'Replication is throttled though nothing is being moved: a broker that restarts may never catch up.',
    action: 'Run `kafka-ha scale --abort`: it removes every replication throttle, whoever set it.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type FindingCode = keyof typeof findingCatalogue;
