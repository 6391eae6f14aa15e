import type { JsonObject } from '../kubernetes-object.ts';

/** Ready as soon as it is, but with this long to read its logs back after a crash. */
const startSeconds = 1_800;

/**
 * A broker opens its ports last: after its logs are read and it is registered. Whether it is in sync is not for a probe
 * to say: one sick broker would make all unready.
 */
export const brokerProbes = {
  startupProbe: { tcpSocket: { port: 'clients' }, periodSeconds: 1, failureThreshold: startSeconds },
  readinessProbe: {
    tcpSocket: { port: 'clients' },
    periodSeconds: 5,
    timeoutSeconds: 3,
    failureThreshold: 3,
  },
  livenessProbe: lenient('clients'),
};

/**
 * A ZooKeeper server is ready when it serves, as leader or follower. While it waits for a quorum it is not, but no harm
 * in that: nothing restarts it before the start's time is over, and it would wait again.
 */
export const zookeeperProbes = {
  startupProbe: { exec: serves(), periodSeconds: 2, timeoutSeconds: 5, failureThreshold: startSeconds },
  readinessProbe: { exec: serves(), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 2 },
  livenessProbe: lenient('clients'),
};

function serves(): JsonObject {
  return { command: ['sh', '-c', "echo srvr | nc -w 2 127.0.0.1 2181 | grep -q '^Mode: '"] };
}

/** Two minutes without a connection accepted; never on ZooKeeper or a quorum, whose loss would then restart everything. */
function lenient(port: string): JsonObject {
  return { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 };
}
