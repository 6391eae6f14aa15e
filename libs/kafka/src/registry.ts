/** Who is elected, and the term for which: another one at each election, also where the same broker wins again. */
export type Controller = { id: number; term: string };

/** What is being added and what is being removed by a move is among the replicas. */
export type Assignment = { topicId: string; partitions: ReadonlyMap<number, readonly number[]> };

/**
 * Where it is written down who the controller is and who is registered. What a broker believes of either does not
 * count: one that is cut off names whom it remembers, and may be itself. Reading throws where that cannot be known now.
 */
export type Registry = {
  /** Null while nobody is elected. */
  controller(): Promise<Controller | null>;
  brokerIds(): Promise<number[]>;
  /** Where a topic's partitions are to be; null where there is no such topic. Written before any broker is told. */
  assignment(topic: string): Promise<Assignment | null>;
  close(): void;
};
