import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { openKafka } from '@kafka-ha/cluster';
import { faultOf, readFaultScene } from '@kafka-ha/drills';
import { readEndOffsets, readGroupOffsets, readTopics } from '@kafka-ha/kafka';
import { connectUnderTest } from './connect/connect-under-test.ts';
import { anEvent, write, writeEvents, type UserEvent } from './connect/write-events.ts';
import { readWanted } from './first-event.ts';

const minute = 60_000;
const { signal } = new AbortController();
const { cluster, database, restartConnect } = connectUnderTest();
const group = 'connect-events-to-postgres';

describe('Kafka Connect', () => {
  /** By all tests: the table keeps what is there. */
  const written: UserEvent[] = [];

  test.each([
    ['the broker that coordinates its group is killed', killCoordinator],
    ['its pods are replaced', restartConnect],
    ['PostgreSQL crashes', () => database.crash()],
  ])(
    'every event is in PostgreSQL once: %s',
    async (title, strike) => {
      const { clock } = cluster.kube;
      const sinceMs = clock.wallTime();
      const recordsBefore = await countRecords();
      const writing = writeEvents(cluster);
      await clock.sleep(10_000);
      await strike();
      await clock.sleep(20_000);
      await writing.end();
      const endedMs = clock.now();
      written.push(...writing.events);
      await untilStored();
      const behindMs = Math.round(clock.now() - endedMs);
      expect(await readRows()).toEqual(rowsOf(written));

      const records = (await countRecords()) - recordsBefore;
      const felt = await readFelt(sinceMs);
      console.info(
        `${title}: ${writing.events.length} events in ${records} records, ${felt.again} of them stored again; ` +
          `all there ${behindMs} ms after the last was acknowledged; no event of a user written for ${writing.longestMs()} ms, ` +
          `none stored for ${felt.gapMs} ms; from event to row ${felt.medianMs} ms in the median, ${felt.worstMs} ms at worst`,
      );
      expect(writing.events.length).toBeGreaterThan(1_000);
      expect(felt.gapMs).toBeLessThan(cluster.spec.objectives.interruptionMs);
    },
    8 * minute,
  );

  test(
    'what is no event is put aside, and stops nothing',
    async () => {
      const event = anEvent('user-0', cluster.kube.clock.wallTime());
      const nameless = JSON.stringify({ ...event, id: undefined });
      const values = ['no JSON', nameless, JSON.stringify(event)];
      await write(cluster, [values.map((value) => ({ key: 'user-0', value, headers: {} }))], signal);
      written.push(event);
      await untilStored();
      expect(await readRows()).toEqual(rowsOf(written));
      const isWanted = (value: string) => values.includes(value);
      const rejected = { topic: 'events-rejected', count: 2, isWanted };
      expect(await readWanted(cluster, rejected)).toEqual(['no JSON', nameless].sort());
    },
    3 * minute,
  );

  async function untilStored(): Promise<void> {
    let stored = 0;
    await waitFor(
      () => `all ${written.length} events to be stored, of which ${stored} are`,
      async () => {
        // While PostgreSQL starts it answers with an error.
        const [count] = await database.ask('SELECT count(*) FROM events').catch(() => []);
        stored = Number(count ?? stored);
        return stored >= written.length;
      },
      { deadlineMs: 4 * minute, intervalMs: 100 },
    );
  }
});

/** The fault of a drill, where Connect feels it most: it loses leaders and the coordinator of its group at once. */
async function killCoordinator(): Promise<void> {
  const { brokers } = await readFaultScene(cluster, { loadNode: '', turn: 0 });
  await using kafka = await openKafka(cluster);
  const { id, pod, node } = await waitFor(
    `the group ${group} to commit`,
    async () => {
      for (const broker of brokers)
        if ((await readGroupOffsets(kafka, [broker.id])).some((each) => each.group === group)) return broker;
      return undefined;
    },
    { deadlineMs: minute },
  );
  const hands = { cluster, durationMs: 0, nodes: undefined };
  await faultOf(cluster.spec, 'kill-broker').strike([{ component: 'kafka', pod, node, ordinal: id }], hands);
}

/** Of the topic so far, with those that were written twice. */
async function countRecords(): Promise<number> {
  await using kafka = await openKafka(cluster);
  const [end] = await readEndOffsets(kafka, await readTopics(kafka, ['events']));
  return [...(end?.offsets.values() ?? [])].reduce((sum, offset) => sum + offset, 0);
}

/** Every column of every row that Connect has written. */
function readRows(): Promise<string[]> {
  const happened = '(1000 * extract(epoch FROM happened_at))::bigint';
  return database.ask(`SELECT id, user_id, type, ${happened} FROM events ORDER BY id COLLATE "C"`);
}

function rowsOf(events: readonly UserEvent[]): string[] {
  return events
    .map(({ id, user_id, type, happened_at }) => [id, user_id, type, happened_at].join('|'))
    .sort();
}

/**
 * Of the events since then, in milliseconds until others see their rows; `gapMs` is the longest time between two rows of one user,
 * `again` counts rows written twice, of which the second time is told.
 */
async function readFelt(
  sinceMs: number,
): Promise<{ medianMs: number; worstMs: number; gapMs: number; again: number }> {
  const [line = '{}'] = await database.ask(`
    SELECT json_build_object(
      'medianMs', round(percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)::numeric),
      'worstMs', round(max(delay)),
      'gapMs', round(max(gap)),
      'again', count(*) FILTER (WHERE again))
    FROM (
      SELECT
        1000 * extract(epoch FROM seen_at - happened_at) AS delay,
        1000 * extract(epoch FROM seen_at - lag(seen_at) OVER (PARTITION BY user_id ORDER BY seen_at)) AS gap,
        xmax::text <> '0' AS again -- a row that an upsert has found there
      FROM events, pg_xact_commit_timestamp(events.xmin) AS seen_at
      WHERE happened_at >= to_timestamp(${sinceMs} / 1000.0)) AS recent`);
  return JSON.parse(line) as Awaited<ReturnType<typeof readFelt>>;
}
