/** Topics, their partitions, and who leads and reads them. */
export const ofTopics = {
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
  'leaders-not-preferred': {
    severity: 'warning',
    title: 'Leaders are not the preferred ones',
    meaning:
      'Some partitions are not led by their preferred leader, so some brokers carry more load than others.',
    action:
      'Run `kafka-ha elect`. It restarts nothing. Kafka does so by itself within five minutes if `auto.leader.rebalance.enable` is on and a broker leads less than nine tenths of the partitions that prefer it.',
  },
  'leaders-uneven': {
    severity: 'warning',
    title: 'Preferred leaders are uneven',
    meaning:
      'The replica lists of a topic make some brokers the preferred leader of more partitions than others.',
    action: 'Run `kafka-ha scale` with the present number of brokers. It makes the replica lists even.',
  },
  'topic-breaks-promise': {
    severity: 'error',
    title: 'A topic breaks the promise',
    meaning:
      'Its replication factor or min.insync.replicas does not pass the proof: losing f brokers at once can lose its records or stop its writes. This applies to every topic except those under otherTopics.',
    action: 'Reassign it to 2f+1 replicas and set its min.insync.replicas to f+1.',
  },
  'topic-unclean-election': {
    severity: 'error',
    title: 'A topic allows unclean elections',
    meaning: 'A replica that lacks acknowledged records may become leader. These records are then lost.',
    action: 'Set unclean.leader.election.enable of the topic to false.',
  },
  'topic-missing': {
    severity: 'error',
    title: 'A topic is missing',
    meaning: 'A topic of the cluster file does not exist.',
    action: 'Run `kafka-ha deploy`, which creates it.',
  },
  'internal-topic-missing': {
    severity: 'error',
    title: 'An internal topic is missing',
    meaning: 'Kafka would create it when it is first needed, which fails while a broker is down.',
    action: 'Run `kafka-ha deploy`, which creates it.',
  },
  'topic-partitions-differ': {
    severity: 'warning',
    title: 'The number of partitions differs from the cluster file',
    meaning: 'Partitions can be added to a topic but not removed.',
    action:
      'To add partitions, set `allowMorePartitions: true` in the topic and run `kafka-ha deploy`. Records with the same key then go to another partition than before. Otherwise put the present number into the cluster file.',
  },
  'min-isr-outranked': {
    severity: 'error',
    title: 'min.insync.replicas is not what the cluster file means',
    meaning:
      'Topics without a value of their own have another min.insync.replicas than the promise rests on. A value that was set while brokers run outranks their files, and Kafka 4.1 and later set one themselves.',
    action: 'Run `kafka-ha deploy`, which sets it.',
  },
  'removed-config-left': {
    severity: 'warning',
    title: 'A setting is left that Kafka has dropped',
    meaning:
      "A topic, or a broker while it ran, was given a setting that the cluster file's version of Kafka does not know. It has no effect, and Kafka may refuse every further change of that topic's or broker's settings.",
    action:
      'Delete it: `kafka-configs.sh --alter --entity-type topics --entity-name NAME --delete-config KEY`, or `--entity-type brokers`.',
  },
  'consumer-near-retention': {
    severity: 'warning',
    title: 'A consumer is about to lose records',
    meaning:
      'A consumer group has yet to read half or more of what is kept of a partition. Kafka deletes the oldest records whether or not they were read.',
    action:
      'Find out why the group does not keep up. To gain time, raise storage.size in the cluster file and run `kafka-ha deploy`, or raise the retention of the topic.',
  },
} as const;
