/** What of a process this needs. */
type Signalled = {
  on: (signal: 'SIGTERM' | 'SIGINT', listener: () => void) => unknown;
  stderr: { write: (text: string) => unknown };
};

/**
 * Fires at the first signal that asks the process to end. Any further one is the same wish: whoever sent it may not have
 * had the answer to the first, and ending then would take away what is still to be told.
 */
export function stopOnSignals(process: Signalled): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) return;
      process.stderr.write('stopping: waiting for outcomes, then reading everything back\n');
      stop.abort();
    });
  return stop.signal;
}
