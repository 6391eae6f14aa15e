import { randomUUID } from 'node:crypto';
import { openClient, produce, type NewRecord } from '@kafka-ha/client';
import type { Cluster } from '@kafka-ha/cluster';

export type UserEvent = { id: string; user_id: string; type: string; happened_at: number };

export type Writing = {
  /** Those of every batch but the last are acknowledged. */
  events: UserEvent[];
  /** The longest time from one batch, through its acknowledgement, to the next. */
  longestMs: () => number;
  /** Resolves when all of them are acknowledged. */
  end: () => Promise<void>;
};

const users = 40;
/** Between two batches of an event for each user. */
const pauseMs = 250;

/**
 * Writes events of 40 users to the topic `events`, one of each four times a second as long as they are acknowledged at once, until it
 * is told to end. What is not acknowledged within half a minute is an error, at the end.
 */
export function writeEvents(cluster: Cluster): Writing {
  const { clock } = cluster.kube;
  const events: UserEvent[] = [];
  const stop = new AbortController();
  let longestMs = 0;
  async function* batches(): AsyncGenerator<NewRecord[]> {
    for (;;) {
      const startedMs = clock.now();
      const batch = Array.from({ length: users }, (_, user) => anEvent(`user-${user}`, clock.wallTime()));
      events.push(...batch);
      yield batch.map((event) => ({ key: event.user_id, value: JSON.stringify(event), headers: {} }));
      await clock.sleep(pauseMs);
      longestMs = Math.max(longestMs, clock.now() - startedMs);
    }
  }
  const written = write(cluster, batches(), stop.signal);
  // Told at the end, and by nobody if the test fails before.
  written.catch(() => undefined);
  return {
    events,
    longestMs: () => Math.round(longestMs),
    end: async () => {
      stop.abort();
      await written;
    },
  };
}

export async function write(
  cluster: Cluster,
  batches: AsyncIterable<NewRecord[]> | Iterable<NewRecord[]>,
  signal: AbortSignal,
): Promise<void> {
  await using client = await openClient(cluster);
  await produce(client, { topic: 'events', batches, signal });
}

export function anEvent(user: string, atMs: number): UserEvent {
  return { id: randomUUID(), user_id: user, type: 'page-viewed', happened_at: Math.round(atMs) };
}
