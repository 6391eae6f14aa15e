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
    title: 'The number of pods differs from the cluster file',
    meaning: 'The StatefulSet asks for more or fewer pods than the cluster file says.',
    action:
      'Brokers: run `kafka-ha scale` with the number that you want, or put the present number into the cluster file. ZooKeeper servers: put their present number back into the cluster file, because the size of a running ensemble cannot be changed.',
  },
  'broker-missing': {
    severity: 'error',
    title: 'A broker is missing',
    meaning:
      'A broker of the cluster file is not registered. Other brokers lead its partitions, which have one replica less.',
    action:
      'Find out why its pod does not serve. Once the broker is back, its replicas catch up by themselves.',
  },
  'broker-cut-off': {
    severity: 'error',
    title: 'A broker is cut off',
    meaning:
      'A broker answers clients with outdated metadata: for some seconds it has contradicted ZooKeeper and the other brokers. What it says about the cluster is ignored, and partitions that it believes it leads cannot be written to.',
    action:
      'Check the network of its node, to the other brokers and to ZooKeeper. Do not restart another broker before this one is back.',
  },
  'broker-fenced': {
    severity: 'error',
    title: 'A broker is fenced',
    meaning:
      'The broker runs, and the controllers count it as dead: they do not hear from it. It leads nothing and is in no ISR (KRaft).',
    action:
      'It comes back by itself once the active controller hears from it. If it lasts, check the network from its node to the controllers, and its log. Do not restart another broker before.',
  },
  'broker-metadata-old': {
    severity: 'error',
    title: "A broker's metadata is old",
    meaning:
      'The controllers count the broker as alive, but it has not had all the metadata for longer than a session: it may lead where it should not, and tell clients what is outdated (KRaft).',
    action: 'Check its disk, its memory, and the network from its node to the controllers.',
  },
  'disk-full': {
    severity: 'error',
    title: 'A volume is almost full',
    meaning:
      'A broker uses 90 % of its volume or more. A broker whose volume is full halts, and the others fill up at the same rate.',
    action:
      'Raise storage.size in the cluster file and run `kafka-ha deploy`, or shorten the retention of the largest topics.',
  },
  'controller-volume-empty': {
    severity: 'error',
    title: "A controller's volume is empty",
    meaning:
      'The controller has lost its volume. It is not formatted by itself, because a quorum in which a majority has forgotten something could elect a leader that lacks it. The next loss ends the quorum.',
    action:
      'If the other controllers are healthy, run `kafka-ha rebuild --controller N`. It makes sure that they have everything, formats the volume, and waits until the controller has copied it all.',
  },
  'pod-missing': {
    severity: 'error',
    title: 'A pod is missing',
    meaning: 'The StatefulSet should have this pod, but Kubernetes has not created it.',
    action:
      'Read the events of its StatefulSet: a quota, an admission rule or a stopped controller manager may prevent it.',
  },
  'pod-waiting': {
    severity: 'error',
    title: 'A pod cannot start',
    meaning: 'The container of this pod does not run; Kubernetes gives the reason.',
    action: 'Remove the cause that is named. The pod then starts by itself.',
  },
  'pod-not-ready': {
    severity: 'error',
    title: 'A pod is not ready',
    meaning: 'The pod exists but does not serve: it is starting, in log recovery, terminating, or hanging.',
    action: 'A start takes seconds, log recovery takes minutes. If it takes longer, read its log.',
  },
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
  'controllers-none-active': {
    severity: 'error',
    title: 'No controller is active',
    meaning:
      'There is no quorum. Brokers keep serving, but no leader can be elected, no ISR can change, and a broker that restarts cannot come back.',
    action: 'Bring a majority of the controllers back. Leave the brokers alone.',
  },
  'controller-missing': {
    severity: 'error',
    title: 'A controller is missing',
    meaning: 'There are fewer controllers than the cluster file says. The next loss may end the quorum.',
    action: 'Find out why its pod does not exist.',
  },
  'controller-not-serving': {
    severity: 'error',
    title: 'A controller does not serve',
    meaning:
      'The controller does not answer, or answers that it is not part of the quorum. The next loss may end the quorum.',
    action: 'Read its log.',
  },
  'controller-behind': {
    severity: 'error',
    title: 'A controller lags behind',
    meaning: 'It lacks records that the active controller has. Do not restart another controller now.',
    action: 'Wait a few seconds and check again. If it lasts, check its disk and memory.',
  },
  'source-unreadable': {
    severity: 'error',
    title: 'Could not be read',
    meaning:
      'Something that the verdict depends on could not be read. Without other errors the verdict is unknown.',
    action: 'Remove the cause that is named and check again.',
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
  'partitions-offline': {
    severity: 'error',
    title: 'Partitions offline',
    meaning: 'These partitions have no leader. They cannot be written to or read from.',
    action:
      'Bring back the brokers that were last in their ISR. Never allow an unclean election, because it loses records.',
  },
  'partitions-under-min-isr': {
    severity: 'error',
    title: 'Partitions refuse writes',
    meaning:
      'Fewer replicas are in sync than min.insync.replicas requires, so writes with acks=all are refused.',
    action: 'Bring back the brokers that are out of the ISR.',
  },
  'partitions-under-replicated': {
    severity: 'error',
    title: 'Partitions are under-replicated',
    meaning: 'All partitions are served, but fewer brokers may be lost than the cluster file promises.',
    action:
      'Wait until the replicas have caught up. If the replicas of a running broker stay out of sync, check its disk and its log.',
  },
  'topic-breaks-promise': {
    severity: 'error',
    title: 'A topic breaks the promise',
    meaning:
      'Its replication factor or min.insync.replicas does not pass the proof: losing f brokers at once can lose its records or stop its writes. This applies to every topic except those under otherTopics.',
    action: 'Reassign it to 2f+1 replicas and set its min.insync.replicas to f+1.',
  },
  'min-isr-outranked': {
    severity: 'error',
    title: 'min.insync.replicas is not what the cluster file means',
    meaning:
      'Topics without a value of their own have another min.insync.replicas than the promise rests on. A value that was set while brokers run outranks their files, and Kafka 4.1 and later set one themselves.',
    action: 'Run `kafka-ha deploy`, which sets it.',
  },
  'topic-unclean-election': {
    severity: 'error',
    title: 'A topic allows unclean elections',
    meaning: 'A replica that lacks acknowledged records may become leader. These records are then lost.',
    action: 'Set unclean.leader.election.enable of the topic to false.',
  },
  'internal-topic-missing': {
    severity: 'error',
    title: 'An internal topic is missing',
    meaning: 'Kafka would create it when it is first needed, which fails while a broker is down.',
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
    title: 'One broker too many',
    meaning:
      'A broker is registered that the cluster file does not have. Replicas on it are not covered by the proof.',
    action:
      'Run `kafka-ha scale`, which empties the broker before it removes it, or raise brokers in the cluster file.',
  },
  'brokers-share-node': {
    severity: 'error',
    title: 'Too many brokers on one node',
    meaning: 'Losing this node takes down more brokers than the cluster file allows on a node.',
    action: 'Give the cluster enough nodes, then run `kafka-ha roll --restart --broker N` for one of them.',
  },
  'zookeeper-share-node': {
    severity: 'error',
    title: 'ZooKeeper depends on one node',
    meaning: 'Losing this node ends the quorum.',
    action: 'Give the cluster enough nodes, then delete the pod of one of these servers.',
  },
  'stale-registration': {
    severity: 'warning',
    title: 'A broker that is gone is registered',
    meaning:
      'The controllers still know a broker that the cluster file does not have. As long as they do, it has a say in which features can be raised (Kafka 4.0 or later tells).',
    action: 'Run `kafka-ha scale` with the present number of brokers. It unregisters brokers that are gone.',
  },
  'feature-behind': {
    severity: 'warning',
    title: 'A feature is behind the cluster file',
    meaning: 'The cluster has finalised a lower level than that of `versions.metadata` (KRaft).',
    action:
      'Run `kafka-ha deploy`, which raises it. It needs every controller and broker to run that release.',
  },
  'removed-config-left': {
    severity: 'warning',
    title: 'A setting is left that Kafka has dropped',
    meaning:
      "A topic, or a broker while it ran, was given a setting that the cluster file's version of Kafka does not know. It has no effect, and Kafka may refuse every further change of that topic's or broker's settings.",
    action:
      'Delete it: `kafka-configs.sh --alter --entity-type topics --entity-name NAME --delete-config KEY`, or `--entity-type brokers`.',
  },
  'disk-nearly-full': {
    severity: 'warning',
    title: 'A volume is filling up',
    meaning: 'A broker uses 80 % of its volume or more.',
    action:
      'Raise storage.size in the cluster file and run `kafka-ha deploy`, or shorten the retention of the largest topics.',
  },
  'consumer-near-retention': {
    severity: 'warning',
    title: 'A consumer is about to lose records',
    meaning:
      'A consumer group has yet to read half or more of what is kept of a partition. Kafka deletes the oldest records whether or not they were read.',
    action:
      'Find out why the group does not keep up. To gain time, raise storage.size in the cluster file and run `kafka-ha deploy`, or raise the retention of the topic.',
  },
  'disk-unreadable': {
    severity: 'warning',
    title: 'A volume could not be read',
    meaning: 'It is unknown how full the volume of this broker is.',
    action: 'Remove the cause that is named and check again.',
  },
  'detail-unreadable': {
    severity: 'warning',
    title: 'A detail could not be read',
    meaning: 'Something that the verdict does not depend on could not be read.',
    action: 'Remove the cause that is named and check again.',
  },
  'pod-restarted': {
    severity: 'warning',
    title: 'A pod has restarted',
    meaning: 'The pod serves now, but its container has ended at least once.',
    action: 'Read the log of the container that ended.',
  },
  'pods-outdated': {
    severity: 'warning',
    title: 'A change waits for a roll',
    meaning: 'These pods do not run the latest revision of their StatefulSet yet.',
    action: 'Run `kafka-ha roll`.',
  },
  'statefulset-not-observed': {
    severity: 'warning',
    title: 'Kubernetes has not processed a change',
    meaning: 'The StatefulSet was changed, but its controller has not processed the change yet.',
    action: 'Check again in a few seconds. If it lasts, the controller manager of Kubernetes is not running.',
  },
  'topic-partitions-differ': {
    severity: 'warning',
    title: 'The number of partitions differs from the cluster file',
    meaning: 'Partitions can be added to a topic but not removed.',
    action:
      'To add partitions, set `allowMorePartitions: true` in the topic and run `kafka-ha deploy`. Records with the same key then go to another partition than before. Otherwise put the present number into the cluster file.',
  },
  'leaders-not-preferred': {
    severity: 'warning',
    title: 'Leaders are not the preferred ones',
    meaning:
      'Some partitions are not led by their preferred leader, so some brokers carry more load than others.',
    action:
      'Run `kafka-ha elect`. It restarts nothing. Kafka does so by itself within five minutes if `auto.leader.rebalance.enable` is on and a broker leads less than nine tenths of the partitions that prefer it.',
  },
  'migration-in-progress': {
    severity: 'warning',
    title: 'The cluster is between ZooKeeper and KRaft',
    meaning:
      'A migration has begun and is not over. The promise holds, and there is a way back. Meanwhile brokers cannot be added or removed, nor Kafka upgraded beyond 3.9.',
    action:
      'Run `kafka-ha migrate --finalize` or `kafka-ha migrate --back`. See [migration](migration.md) for what each takes.',
  },
  'leaders-uneven': {
    severity: 'warning',
    title: 'Preferred leaders are uneven',
    meaning:
      'The replica lists of a topic make some brokers the preferred leader of more partitions than others.',
    action: 'Run `kafka-ha scale` with the present number of brokers. It makes the replica lists even.',
  },
  'broker-rack-differs': {
    severity: 'warning',
    title: 'broker.rack is not the zone',
    meaning:
      'Kafka places replicas by broker.rack. This broker has none, or not the zone that its pod is in.',
    action: 'Restart the broker with `kafka-ha roll --restart --broker N`. It reads its zone when it starts.',
  },
  'zone-holds-too-many': {
    severity: 'warning',
    title: 'Too many brokers in one zone',
    meaning: 'Losing this zone takes more brokers than may be lost at once, although there are other zones.',
    action: 'Make sure that every zone has nodes with room for a broker.',
  },
  'zones-not-heeded': {
    severity: 'warning',
    title: 'Zones are ignored',
    meaning:
      'Pods do not carry the zone of their node, which Kubernetes adds from 1.35 on. Brokers then have no broker.rack, and one zone may hold most replicas of a partition.',
    action:
      'Upgrade Kubernetes to 1.35 or later, then restart the brokers with `kafka-ha roll --restart`. If there is only one zone, nothing needs to be done.',
  },
  'reassignment-ongoing': {
    severity: 'warning',
    title: 'Replicas are being moved',
    meaning: 'A reassignment is running, or was left unfinished.',
    action:
      'Wait until it is done. If no scale is running, `kafka-ha scale` continues it, and `kafka-ha scale --abort` cancels it.',
  },
  'throttle-left': {
    severity: 'warning',
    title: 'A throttle was left behind',
    meaning:
      'Replication is throttled although nothing is being moved. A broker that restarts may never catch up.',
    action: 'Run `kafka-ha scale --abort`. It removes every replication throttle, whoever set it.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type FindingCode = keyof typeof findingCatalogue;
