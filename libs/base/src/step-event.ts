/**
 * What a long-running operation tells while it runs. An operation is an async generator of these: the terminal draws
 * them, an action groups them, a test asserts on them. They carry no time: whoever receives them has the clock.
 */
export type StepEvent =
  /** The steps ahead, in order; told first, so that "3 of 9" can be said. */
  | { kind: 'steps'; steps: readonly Step[] }
  | { kind: 'started'; step: string }
  /** Something a person would want to see while waiting, e.g. "3 of 5 brokers ready". Replaces the last one. */
  | { kind: 'progress'; step: string; detail: string }
  /** `summary` says what was done, e.g. "31 objects unchanged". */
  | { kind: 'finished'; step: string; summary?: string }
  | { kind: 'skipped'; step: string; reason: string }
  | { kind: 'warning'; message: string; hint?: string };

export type Step = { id: string; title: string };
