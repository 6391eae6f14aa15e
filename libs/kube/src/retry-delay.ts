import type { HttpAnswer, HttpCall } from './send-request.ts';

export type Failure =
  | ({ kind: 'answered' } & HttpAnswer)
  /** `code` is Node's, such as ECONNRESET; `reason` is for people. */
  | { kind: 'no-answer'; code: string; reason: string; cause?: unknown };

/** What passes by itself: an API server that restarts, an idle connection that a load balancer has dropped. */
const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH']);

const firstDelayMs = 250;
const longestDelayMs = 10_000;

/**
 * Milliseconds to wait before trying again, or undefined where trying again is unsafe or useless. A request that may have
 * been carried out is repeated only where twice is the same as once, which is all but POST.
 */
export function retryDelay(
  method: HttpCall['method'],
  failure: Failure,
  attempt: number,
): number | undefined {
  const repeatable = method !== 'POST';
  if (failure.kind === 'no-answer') {
    const surelyNotDone = failure.code === 'ECONNREFUSED';
    return passing.has(failure.code) && (repeatable || surelyNotDone) ? backoff(attempt) : undefined;
  }
  const busy = failure.status === 429;
  const broken = failure.status >= 500 && repeatable && !isLasting(failure);
  return busy || broken ? (retryAfter(failure) ?? backoff(attempt)) : undefined;
}

/** Some 500s are refusals: server-side apply answers so to a field that the schema does not have. */
function isLasting({ text }: { text: string }): boolean {
  return text.includes('failed to create typed patch object');
}

function retryAfter({ headers }: { headers: HttpAnswer['headers'] }): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, longestDelayMs) : undefined;
}

/** Doubles each time; half of it is random, so that several clients do not come back together. */
function backoff(attempt: number): number {
  const delayMs = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return delayMs / 2 + (Math.random() * delayMs) / 2;
}
