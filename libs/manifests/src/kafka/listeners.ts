/** Ports of a broker by what they are for, as the pods name them. */
export type BrokerPorts = Readonly<{ clients: number; replication: number; control?: number }>;

type Listener = 'CLIENT' | 'REPLICATION' | 'CONTROL';

/** As Kafka takes a list of them. */
export function listenersOf(ports: BrokerPorts, hostOf: (listener: Listener) => string): string {
  return listeners(ports)
    .map(([listener, port]) => `${listener}://${hostOf(listener)}:${port}`)
    .join(',');
}

/** How each is spoken to: in the clear. */
export function protocolMapOf(ports: BrokerPorts): string {
  return listeners(ports)
    .map(([listener]) => `${listener}:PLAINTEXT`)
    .join(',');
}

function listeners({ clients, replication, control }: BrokerPorts): [Listener, number][] {
  return [
    ['CLIENT', clients],
    ['REPLICATION', replication],
    ...(control === undefined ? [] : [['CONTROL', control] satisfies [Listener, number]]),
  ];
}
