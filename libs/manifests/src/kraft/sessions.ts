/** How often a broker tells the active controller that it lives. Planned stops wait for multiples of it. */
export const heartbeatMs = 500;

/**
 * After its last heartbeat a broker has so long before it is taken for dead. In an hour at full speed on two cores, with one
 * broker at a time throttled to a quarter of a core, five restarts of each pod, and ten topics made and deleted every four seconds,
 * none that served was. From Kafka 4.0 on a broker that comes back waits until its former session is over.
 */
export const brokerSessionMs = 3_000;

/** From a broker's death to its fence, at the longest: seen to be up to 0.3 s later than its session. */
export const brokerSessionEndMs = brokerSessionMs + 500;
