/**
 * What a long-running operation tells while it runs. An operation is an async generator of these: the terminal draws
 * them, an action groups them, a test asserts on them. They carry no time: whoever receives them has the clock.
 */
export type StepEvent<Data = never> =
  /** The steps ahead, in order; told first, so that "3 of 9" can be said. */
  | { kind: 'steps'; steps: readonly Step[] }
  | { kind: 'started'; step: string }
  /**
   * Something a person would want to see while waiting, e.g. "3 of 5 brokers ready". Replaces the last one. `data` says the same
   * to a program.
   */
  | { kind: 'progress'; step: string; detail: string; data?: Data }
  /** `summary` says what was done, e.g. "31 objects unchanged". */
  | { kind: 'finished'; step: string; summary?: string }
  | { kind: 'skipped'; step: string; reason: string }
  | { kind: 'warning'; message: string; hint?: string };

/** What a step's work tells: a sentence, or one with what a program may want to know of it. */
export type Told<Data = never> = string | { detail: string; data: Data };

export type Step = { id: string; title: string };
