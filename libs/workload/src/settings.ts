/** What a run is to do. Comes as JSON in the environment variable KAFKA_HA_WORKLOAD. */
export type Settings = {
  /** The run's name, unique among the runs on this topic; no blanks. */
  run: string;
  /** Where to find the cluster, `host:port`. */
  brokers: readonly string[];
  topic: string;
  /** Writes per second and partition. */
  ratePerSecond: number;
  recordBytes: number;
  /** Whether the brokers drop the second copy of a retried write. */
  idempotent: boolean;
  /** How long a broker may take over a request: longer than a dead broker's session, or every write that waits for it is tried again. */
  requestTimeoutMs: number;
  /** How many consumers read as a group beside; 0 for none. */
  consumers: number;
  /** The broker that is to coordinate the group; left out: any. */
  coordinator?: number;
  /** Where a JVM beside the load waits for what it is to do; the Java client's alone. */
  jvmPort?: number;
  /** The file for the history; left out: standard output. */
  history?: string;
};

/** @throws Error that names the setting that is wrong */
export function parseSettings(json: string | undefined): Settings {
  if (json === undefined) throw new Error('KAFKA_HA_WORKLOAD is not set');
  const given = JSON.parse(json) as Record<string, unknown>;
  const {
    run,
    brokers,
    topic,
    ratePerSecond = 10,
    recordBytes = 200,
    idempotent = true,
    requestTimeoutMs = 10_000,
    consumers = 0,
    coordinator,
    jvmPort,
    history,
    ...unknown
  } = given;
  const refuse = (name: string, wanted: string) => new Error(`KAFKA_HA_WORKLOAD: ${name} must be ${wanted}`);
  if (typeof run !== 'string' || !/^\S+$/.test(run)) throw refuse('run', 'a name without blanks');
  if (!isAddresses(brokers)) throw refuse('brokers', 'a list of host:port');
  if (typeof topic !== 'string' || topic === '') throw refuse('topic', 'a name');
  if (typeof ratePerSecond !== 'number' || !(ratePerSecond > 0))
    throw refuse('ratePerSecond', 'a positive number');
  if (typeof recordBytes !== 'number' || !(recordBytes > 0)) throw refuse('recordBytes', 'a positive number');
  if (typeof idempotent !== 'boolean') throw refuse('idempotent', 'true or false');
  if (typeof requestTimeoutMs !== 'number' || !(requestTimeoutMs > 0))
    throw refuse('requestTimeoutMs', 'a positive number');
  if (!isCount(consumers)) throw refuse('consumers', 'a number, or 0 for none');
  if (coordinator !== undefined && !isCount(coordinator)) throw refuse('coordinator', 'the id of a broker');
  if (jvmPort !== undefined && !isCount(jvmPort)) throw refuse('jvmPort', 'the number of a port');
  if (history !== undefined && typeof history !== 'string') throw refuse('history', 'the path of a file');
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw refuse(name, 'left out: it is unknown');
  return {
    run,
    brokers,
    topic,
    ratePerSecond,
    recordBytes,
    idempotent,
    requestTimeoutMs,
    consumers,
    ...(coordinator !== undefined && { coordinator }),
    ...(jvmPort !== undefined && { jvmPort }),
    ...(history !== undefined && { history }),
  };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isAddresses(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => /^\S+:\d+$/.test(String(item)));
}
