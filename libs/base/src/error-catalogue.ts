/** What a person can do about an error of some code, before he has read its sentence. docs/errors.md is written from this. */
export type ErrorMeaning = {
  /** What is the matter, and how much has happened by then. */
  meaning: string;
  action: string;
};

/** All that an operation can fail with. A code never changes its meaning: scripts may rely on it. */
export const errorCatalogue = {
  aborted: {
    meaning: 'The run was stopped by a signal or by whoever was asked. It ended the step that it was in.',
    action: 'Run the same command again: it continues where it stopped.',
  },
  conflict: {
    meaning:
      'Somebody else owns the thing: another tool manages the field or the object, a file exists already, or the cluster or the file has changed since it was read.',
    action: 'The message names what. Take it away from the other, or plan again; nothing is overwritten.',
  },
  'deadline-exceeded': {
    meaning: 'What was waited for did not come in time. The message names it.',
    action: 'Run `kafka-ha health`. Once what it names is mended, run the same command again.',
  },
  forbidden: {
    meaning: 'The account may not do what was needed, or its credential has expired.',
    action:
      'Log in again, or renew the secret with `kafka-ha kubeconfig`. If a right is missing, an admin applies `kafka-ha render --admin` again: a new version may need another one.',
  },
  'github-failed': {
    meaning: 'GitHub did not answer, or with an error. Only comments and issues depend on it.',
    action: "Check the job's permissions, then run the job again.",
  },
  internal: {
    meaning: 'A defect of kafka-ha.',
    action: 'Report it with the output of `--verbose`. Operations are safe to run again.',
  },
  'invalid-cluster-file': {
    meaning: 'The cluster file is not one. Each problem has its line and column, and what is allowed there.',
    action: 'Mend the lines. `kafka-ha validate` shows them without a cluster.',
  },
  'invalid-usage': {
    meaning: 'An option or an input is missing, or takes something else.',
    action: '`kafka-ha COMMAND --help`, or the table in the README of the action.',
  },
  'kafka-refused': {
    meaning: "Kafka answered with an error, which the message has by Kafka's own name.",
    action: 'Run `kafka-ha health`. What passes by itself has been tried again already.',
  },
  'kafka-unreachable': {
    meaning: 'No broker answered through the port that the API server forwards.',
    action:
      'See whether the pods run (`kubectl get pods`), and whether something between you and the API server ends long connections, such as a proxy without WebSockets.',
  },
  'kubernetes-refused': {
    meaning:
      'The API server refused a change for a reason other than rights: a quota, an admission webhook, Pod Security, a field.',
    action: 'The details have its own words. They name the policy to change or the field to set.',
  },
  'kubernetes-unreachable': {
    meaning: 'The API server did not answer for longer than a restart of it takes.',
    action:
      'Check `--context`, the network and the proxy. A run that was changing something continues when it is run again.',
  },
  'local-cluster-failed': {
    meaning: 'The Kubernetes on this machine could not be made or stopped.',
    action: 'The error names the log of the step. The next `kafka-ha local up` cleans up what is half done.',
  },
  'lock-held': {
    meaning:
      'Another operation runs on this cluster, or this run was suspended and has lost the lock. Nothing was changed after that.',
    action: 'The message names the holder. Wait until it ends; the lock of a killed run expires after 40 s.',
  },
  'missing-prerequisite': {
    meaning:
      'A program, a right on this machine, a node or a version is missing that the command cannot make itself.',
    action: 'All that is missing is listed, each with what provides it.',
  },
  'not-found': {
    meaning: 'A file, an object, a topic or a group that was named is not there.',
    action: 'Check the name and `--context`, `--environment`, `--file`.',
  },
  'pod-failed': {
    meaning:
      'A pod will not start by itself: it crashes, its image cannot be had, no node takes it, or its volume is not there. A roll has put it back on the former revision.',
    action:
      'The error has its last log lines and events. Mend the cause, or revert the change, and deploy again.',
  },
  'promise-broken': {
    meaning:
      'The cluster file cannot keep its promise, or the change would break it. The arithmetic is in the message.',
    action: 'Change the brokers, the tolerance, the volume or the memory as it says.',
  },
  unhealthy: {
    meaning: 'The cluster has errors that the operation must not begin with, or ended with.',
    action: 'Each finding says what to do: [Findings](findings.md).',
  },
  'zookeeper-unreachable': {
    meaning: 'No ZooKeeper server answered through the port that the API server forwards.',
    action:
      'As with `kafka-unreachable`. With fewer than a majority of the servers, start the missing ones first.',
  },
} satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof errorCatalogue;
