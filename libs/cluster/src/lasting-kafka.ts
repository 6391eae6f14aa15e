import type { FencedKafka } from '@kafka-ha/kafka';
import type { FencedCluster } from './cluster.ts';
import { openKafka } from './connect.ts';

/**
 * One connection to Kafka over many readings, opened when it is first needed, and again where that failed. What it reads is
 * the controller's: that of a broker which is cut off would let another one be stopped beside it.
 */
export type LastingKafka = AsyncDisposable & { connection(): Promise<FencedKafka> };

export function lastingKafka(cluster: FencedCluster): LastingKafka {
  let opening: Promise<FencedKafka> | undefined;
  return {
    connection() {
      opening ??= openKafka(cluster).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    async [Symbol.asyncDispose]() {
      (await opening?.catch(() => undefined))?.close();
    },
  };
}
