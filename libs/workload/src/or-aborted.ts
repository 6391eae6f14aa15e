/** What a library does cannot be ended: it is left behind. @throws Error where the signal fires first */
export async function orAborted<T>(doing: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('no answer'));
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    if (signal.aborted) abort();
    return await Promise.race([doing, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    doing.catch(() => undefined);
  }
}
