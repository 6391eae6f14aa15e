/** Three listeners, so that replication and the controller's requests never queue behind clients. */
export const kafkaPorts = { clients: 9092, replication: 9091, control: 9090 } as const;

export const zookeeperPorts = { clients: 2181, quorum: 2888, election: 3888 } as const;
