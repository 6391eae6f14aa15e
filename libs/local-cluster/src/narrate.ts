import { systemClock } from '@kafka-ha/base';

export type Say = (detail: string) => void;

/** A step that says nothing for this long is said to be still at it, so that nobody wonders. */
const silenceMs = 1_500;
/** A compiler names a hundred packages a second; nobody reads more than this. */
const paceMs = 200;

/** Turns work that calls `say` into the details of a step, the last one repeated with the time it has taken so far. */
export async function* narrate<Result>(
  work: (say: Say, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): AsyncGenerator<string, Result> {
  const abandoned = new AbortController();
  const started = Date.now();
  let latest = '';
  let unheard = false;
  let wake = () => {};
  const running = work(
    (detail) => {
      unheard ||= detail !== latest;
      latest = detail;
      wake();
    },
    AbortSignal.any([signal, abandoned.signal]),
  );
  let ended = false;
  const end = running.then(
    () => (ended = true),
    () => (ended = true),
  );
  try {
    while (!ended) {
      const heard = new Promise<void>((resolve) => (wake = resolve));
      if (!unheard) await pause(silenceMs, [end, heard]);
      if (ended) break;
      yield unheard ? latest : `${latest || 'at it'} (${elapsed(Date.now() - started)})`;
      unheard = false;
      await pause(paceMs, [end]);
    }
    return await running;
  } finally {
    abandoned.abort();
    await end;
  }
}

async function pause(ms: number, sooner: Promise<unknown>[]): Promise<void> {
  const timer = new AbortController();
  await Promise.race([systemClock.sleep(ms, timer.signal).catch(() => undefined), ...sooner]);
  timer.abort();
}

/** `48 s`, `3 min 5 s`. */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
