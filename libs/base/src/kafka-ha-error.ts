/** What a person is told when something cannot be done. Codes are stable: scripts may rely on them. */
export class KafkaHaError extends Error {
  override readonly name = 'KafkaHaError';
  readonly code: ErrorCode;
  /** The next thing to do, as one sentence. */
  readonly hint: string | undefined;
  /** Further lines: a pod's last log lines, its events, the arithmetic of a proof. */
  readonly details: readonly string[];

  constructor(code: ErrorCode, message: string, options: KafkaHaErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
  }
}

export type KafkaHaErrorOptions = { hint?: string; details?: readonly string[]; cause?: unknown };

export type ErrorCode =
  | 'aborted' // the caller's AbortSignal fired
  | 'conflict' // somebody else owns the thing: another field manager, another tool
  | 'deadline-exceeded' // waited as long as was allowed
  | 'forbidden' // no right to do it
  | 'github-failed' // GitHub did not answer, or with an error
  | 'internal' // a defect of this project
  | 'invalid-cluster-file'
  | 'invalid-usage' // of the command line or of an action's inputs
  | 'kafka-unreachable'
  | 'kafka-refused' // Kafka answered with an error
  | 'kubernetes-refused' // the API server answered with an error
  | 'kubernetes-unreachable'
  | 'local-cluster-failed'
  | 'lock-held' // another operation runs on this cluster
  | 'missing-prerequisite'
  | 'not-found'
  | 'pod-failed' // a pod that will not start by itself
  | 'promise-broken' // the cluster file cannot keep its promise
  | 'unhealthy'
  | 'zookeeper-unreachable';
