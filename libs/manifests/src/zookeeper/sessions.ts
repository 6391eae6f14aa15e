/** The unit of ZooKeeper's clock: sessions end on a multiple of it. */
export const zookeeperTickMs = 500;

/**
 * After the last ping a live broker has a third of it left before it is taken for dead. In an hour at full speed on two
 * cores, with one broker at a time throttled to a quarter of a core, none was; with less than 6 s one was. A dead one is
 * found in 4.7 to 6.5 s (measured, eight times).
 */
export const zookeeperSessionMs = 6_000;

/**
 * From a broker's death to the end of its session, at the longest: ZooKeeper rounds expiry up to a tick, and its leader learns of
 * pings every half tick.
 */
export const zookeeperSessionEndMs = zookeeperSessionMs + 1.5 * zookeeperTickMs;
