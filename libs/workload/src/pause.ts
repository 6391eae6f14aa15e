import { setTimeout as sleep } from 'node:timers/promises';

/** Over when the time is, or the signal fires. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
