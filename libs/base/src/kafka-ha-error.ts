import type { ErrorCode } from './error-catalogue.ts';

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

/** True for an error of this project, whichever copy of the class made it. */
export function isKafkaHaError(value: unknown): value is KafkaHaError {
  return value instanceof Error && value.name === 'KafkaHaError' && 'code' in value;
}

/** The message of anything thrown, without ever throwing itself. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}

/** An error as this project throws it: its own ones as they are, all others as a defect with their cause. */
export function toKafkaHaError(thrown: unknown): KafkaHaError {
  if (isKafkaHaError(thrown)) return thrown;
  return new KafkaHaError('internal', messageOf(thrown), {
    cause: thrown,
    hint: 'This is a defect of kafka-ha: please report it with the output of the same command and --verbose.',
  });
}

/**
 * What is thrown when the caller's signal fired: the signal's own reason where it says why, e.g. a lost lock or who
 * stopped it, else `aborted`.
 */
export function abortedError(signal: AbortSignal | undefined): KafkaHaError {
  const reason: unknown = signal?.reason;
  if (isKafkaHaError(reason)) return reason;
  return new KafkaHaError('aborted', 'stopped on request', { cause: reason });
}

/** @throws KafkaHaError `aborted` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal);
}
