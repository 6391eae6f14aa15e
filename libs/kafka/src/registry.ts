/** Who is elected, and the term for which: another one at each election, also where the same broker wins again. */
export type Controller = { id: number; term: string };

/**
 * Where it is written down who the controller is and who is registered: ZooKeeper. What a broker believes of either does not
 * count: one that is cut off names whom it remembers, and may be itself. Reading throws where that cannot be known now.
 */
export type Registry = {
  /** Null while nobody is elected. */
  controller(): Promise<Controller | null>;
  brokerIds(): Promise<number[]>;
  close(): void;
};
