/** Brokers and their volumes, whatever keeps the metadata. */
export const ofBrokers = {
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
      'A broker answers clients with outdated metadata: for some seconds it has contradicted the other brokers and the servers that keep the metadata. What it says about the cluster is ignored, and partitions that it believes it leads cannot be written to.',
    action:
      'Check the network of its node, to the other brokers and to the servers that keep the metadata. Do not restart another broker before this one is back.',
  },
  'broker-unexpected': {
    severity: 'error',
    title: 'One broker too many',
    meaning:
      'A broker is registered that the cluster file does not have. Replicas on it are not covered by the proof.',
    action:
      'Run `kafka-ha scale`, which empties the broker before it removes it, or raise brokers in the cluster file.',
  },
  'disk-full': {
    severity: 'error',
    title: 'A volume is almost full',
    meaning:
      'A broker uses 93 % of its volume or more. A broker whose volume is full halts, and the others fill up at the same rate.',
    action:
      'Raise storage.size in the cluster file and run `kafka-ha deploy`, or shorten the retention of the largest topics.',
  },
  'disk-nearly-full': {
    severity: 'warning',
    title: 'A volume is filling up',
    meaning:
      'A broker uses 88 % of its volume or more. Retention is computed to fill 85 % at the most: more is written than the file allows for, or topics are not in it, or have a retention of their own.',
    action:
      'Put the largest topics into the cluster file, shorten their retention, or raise storage.size, and run `kafka-ha deploy`.',
  },
  'disk-unreadable': {
    severity: 'warning',
    title: 'A volume could not be read',
    meaning: 'It is unknown how full the volume of this broker is.',
    action: 'Remove the cause that is named and check again.',
  },
} as const;
