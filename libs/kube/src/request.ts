import { abortedError, isKafkaHaError, type KafkaHaError, messageOf, throwIfAborted } from '@kafka-ha/base';
import type { Fence, Kube } from './open-kube.ts';
import { type FencedKube, fenceOf } from './fence.ts';
import { maybeDone } from './maybe-done.ts';
import { refusal } from './refusal.ts';
import { type HttpAnswer, type HttpCall, sendRequest } from './send-request.ts';
import { unreachable } from './unreachable.ts';

/** What passes by itself: an API server that restarts, an idle connection that a load balancer has dropped. */
const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH']);
const firstDelayMs = 250;
const longestDelayMs = 10_000;

export type ApiCall = HttpCall & {
  /** What the call does, as an infinitive for messages: `apply StatefulSet kafka/events`. */
  what: string;
  signal?: AbortSignal;
  /** For each attempt. */
  timeoutMs?: number;
  /** How often to try at most, the first time included. Six with the delays of `retryDelay` ride out ten seconds. */
  attempts?: number;
};

/** A call that changes nothing, and so needs no fence. */
export type ReadingCall = ApiCall & ({ method: 'GET' } | { query: { dryRun: 'All' } });

/** `body` is the answer's JSON, or its text where the server sends text, as for logs. */
export type ApiAnswer<T> = { status: number; body: T };

/** The API server gives up on most requests after 60 s; one object or list is a matter of milliseconds. */
const defaultTimeoutMs = 30_000;

/**
 * One call to the API server, raw JSON in and out: the generated client drops fields that it does not know. Tried again
 * where that is safe and of use, with growing, jittered delays. Whatever may change something asks the fence each time,
 * right before it is sent.
 *
 * @throws KafkaHaError `kubernetes-unreachable`, `aborted`, what the fence says, or what the API server's refusal means
 *   (see `refusal`).
 */
export function request<T>(kube: Kube, call: ReadingCall): Promise<ApiAnswer<T>>;
export function request<T>(kube: FencedKube, call: ApiCall): Promise<ApiAnswer<T>>;
export async function request<T>(kube: Kube, call: ApiCall): Promise<ApiAnswer<T>> {
  const fence = fenceFor(kube, call);
  for (let attempt = 1; ; attempt++) {
    // With no deadline of the request's: a person may have to log in.
    await kube.login?.credential(call.signal);
    const outcome = await attemptOnce(kube, call, fence);
    if (outcome.kind === 'answered' && outcome.status < 400)
      return { status: outcome.status, body: bodyOf(outcome) as T };
    const delayMs = attempt < (call.attempts ?? 6) ? retryDelay(call.method, outcome, attempt) : undefined;
    if (delayMs === undefined) throw errorOf(kube, call, outcome);
    await kube.clock.sleep(delayMs, call.signal);
  }
}

async function attemptOnce(kube: Kube, call: ApiCall, fence: Fence | undefined): Promise<Failure> {
  const timeoutMs = call.timeoutMs ?? defaultTimeoutMs;
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
  let sent = false;
  const onSent = () => (sent = true);
  try {
    throwIfAborted(call.signal);
    const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
    return { kind: 'answered', ...(await sendRequest(kube, call, { signal, fence, onSent })) };
  } catch (cause) {
    if (call.signal?.aborted) {
      const aborted = abortedError(call.signal);
      throw sent && fence !== undefined ? maybeDone(aborted, call.what) : aborted;
    }
    if (isKafkaHaError(cause)) throw cause;
    if (timeout.aborted)
      return { kind: 'no-answer', code: 'ETIMEDOUT', reason: `no answer in ${timeoutMs / 1000} s` };
    const code = (cause as { code?: string }).code ?? '';
    return { kind: 'no-answer', code, reason: code === '' ? messageOf(cause) : code, cause };
  }
}

function fenceFor(kube: Kube, { method, query, what }: ApiCall): Fence | undefined {
  return method === 'GET' || query?.['dryRun'] === 'All' ? undefined : fenceOf(kube, what);
}

function errorOf(kube: Kube, call: ApiCall, outcome: Failure): KafkaHaError {
  return outcome.kind === 'answered'
    ? refusal({ what: call.what, context: kube.context, status: outcome.status, text: outcome.text })
    : unreachable(kube, call.what, outcome.reason, outcome.cause);
}

/** A log may look like JSON and is none: what it is, the server says. */
function bodyOf({ headers, text }: HttpAnswer): unknown {
  return headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : text;
}

type Failure =
  | ({ kind: 'answered' } & HttpAnswer)
  /** `code` is Node's, such as ECONNRESET; `reason` is for people. */
  | { kind: 'no-answer'; code: string; reason: string; cause?: unknown };

/**
 * Milliseconds to wait before trying again, or undefined where trying again is unsafe or useless. A request that may have
 * been carried out is repeated only where twice is the same as once, which is all but POST.
 */
function retryDelay(method: HttpCall['method'], failure: Failure, attempt: number): number | undefined {
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
