/** Clusters with controllers (KRaft): their quorum, and what they say of the brokers. */
export const ofControllers = {
  'controllers-none-active': {
    severity: 'error',
    title: 'No controller is active',
    meaning:
      'There is no quorum. Brokers keep serving, but no leader can be elected, no ISR can change, and a broker that restarts cannot come back.',
    action: 'Bring a majority of the controllers back. Leave the brokers alone.',
  },
  'controller-missing': {
    severity: 'error',
    kubernetesOnly: true,
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
  'controller-volume-empty': {
    severity: 'error',
    kubernetesOnly: true,
    title: "A controller's volume is empty",
    meaning:
      'The controller has lost its volume. It is not formatted by itself, because a quorum in which a majority has forgotten something could elect a leader that lacks it. The next loss ends the quorum.',
    action:
      'If the other controllers are healthy, run `kafka-ha rebuild --controller N`. It makes sure that they have everything, formats the volume, and waits until the controller has copied it all.',
  },
  'controller-behind': {
    severity: 'error',
    title: 'A controller lags behind',
    meaning: 'It lacks records that the active controller has. Do not restart another controller now.',
    action: 'Wait a few seconds and check again. If it lasts, check its disk and memory.',
  },
  'broker-fenced': {
    severity: 'error',
    kubernetesOnly: true,
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
  'stale-registration': {
    severity: 'warning',
    kubernetesOnly: true,
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
} as const;
