import { setTimeout as sleep } from 'node:timers/promises';
import { isKafkaHaError } from '@kafka-ha/base';

/** Two minutes: a broker that was killed, or a machine that is out of breath, is back by then. */
const patienceMs = 120_000;

/** Does something that may be done twice, again while a broker that it needs does not answer. */
export async function patiently<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const started = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isAway = isKafkaHaError(error) && error.code === 'kafka-unreachable';
      if (!isAway || signal.aborted || performance.now() - started > patienceMs) throw error;
    }
    await sleep(1_000, undefined, { signal });
  }
}
