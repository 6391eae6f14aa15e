/** Who is elected, and the term for which: another one at each election, also where the same broker wins again. */
export type Controller = { id: number; term: string };

/** The controller, and the broker to ask in its stead. */
export type Spokesman = Controller & { brokerId: number };

/** What is being added and what is being removed by a move is among the replicas. */
export type Assignment = { topicId: string; partitions: ReadonlyMap<number, readonly number[]> };

/**
 * Where it is written down who the controller is and who is registered. What a broker believes of either does not
 * count: one that is cut off names whom it remembers, and may be itself. Reading throws where that cannot be known now.
 */
export type Registry = {
  /** Whether the controller is one of the brokers, which then all name it; else whom a broker names is no controller. */
  controllerIsBroker: boolean;
  /** Null while nobody is elected. */
  controller(): Promise<Controller | null>;
  /**
   * Whom to ask for what only the controller says or does; null while nobody is elected. A controller that is a broker speaks for
   * itself. Else it is a broker that passes requests on to it; where it is to be up to date, one that itself knows all that was decided
   * before this call.
   */
  spokesman(options: { upToDate: boolean }): Promise<Spokesman | null>;
  brokerIds(): Promise<number[]>;
  /** Where a topic's partitions are to be; null where there is no such topic. Written before any broker is told. */
  assignment(topic: string): Promise<Assignment | null>;
  close(): void;
};
