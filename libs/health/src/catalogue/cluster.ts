/** The cluster as a whole: what could not be read of it, and changes that are under way. */
export const ofCluster = {
  'source-unreadable': {
    severity: 'error',
    title: 'Could not be read',
    meaning:
      'Something that the verdict depends on could not be read. Without other errors the verdict is unknown.',
    action: 'Remove the cause that is named and check again.',
  },
  'detail-unreadable': {
    severity: 'warning',
    title: 'A detail could not be read',
    meaning: 'Something that the verdict does not depend on could not be read.',
    action: 'Remove the cause that is named and check again.',
  },
  'migration-in-progress': {
    severity: 'warning',
    title: 'The cluster is between ZooKeeper and KRaft',
    meaning:
      'A migration has begun and is not over. The promise holds, and there is a way back. Meanwhile brokers cannot be added or removed, nor Kafka upgraded beyond 3.9.',
    action:
      'Run `kafka-ha migrate --finalize` or `kafka-ha migrate --back`. See [migration](migration.md) for what each takes.',
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
} as const;
