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
