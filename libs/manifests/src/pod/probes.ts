import type { JsonObject } from '../kubernetes-object.ts';

/** Ready as soon as it is, but with this long for log recovery after a crash. */
export const startSeconds = 1_800;

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

/** Two minutes without a connection accepted; never on a quorum, whose loss would then restart everything. */
export function lenient(port: string): JsonObject {
  return { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 };
}
