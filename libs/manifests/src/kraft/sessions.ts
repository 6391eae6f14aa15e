/** How often a broker tells the active controller that it lives. Planned stops wait for multiples of it. */
export const heartbeatMs = 500;

/**
 * After its last heartbeat a broker has so long before it is taken for dead: the least that one with a throttled core
 * keeps, whatever keeps the metadata. From Kafka 4.0 on a broker that comes back waits until its former session is over.
 */
export const brokerSessionMs = 6_000;
