import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { consume, produce, type ConsumeOptions, type NewRecord, type ReadRecord } from './index.ts';
import { FakeBrokers } from './testing/fake-brokers.ts';

const topic = 'events';
const { signal } = new AbortController();

describe('consume', () => {
  test('what was written is read from the beginning, with its key, headers and place, and the group is gone afterwards', async () => {
    const brokers = await brokersWith([
      { key: 'user-7', value: 'signed up', headers: { source: 'web', tag: ['a', 'b'] } },
      { key: null, value: null, headers: {} },
    ]);
    const { taken, records } = await read(brokers, { fromBeginning: true, count: 2 });
    expect(taken).toBe(2);
    expect(records).toEqual([
      {
        partition: 0,
        offset: 0,
        timestamp: expect.any(Number),
        key: Buffer.from('user-7'),
        value: Buffer.from('signed up'),
        headers: { source: Buffer.from('web'), tag: [Buffer.from('a'), Buffer.from('b')] },
      },
      expect.objectContaining({ offset: 1, key: null, value: null, headers: {} }),
    ]);
    expect([...brokers.groups]).toEqual([]);
  });

  test('the records of a proof of the topic are left out, and a group goes on behind them', async () => {
    const [hello, later] = values(2);
    const probe = { key: null, value: 'probe', headers: { 'kafka-ha': 'probe' } };
    const brokers = await brokersWith([probe, hello!, probe, later!]);
    const { taken, records } = await read(brokers, { group: 'billing', fromBeginning: true, count: 2 });
    expect({ taken, read: textsOf(records) }).toEqual({ taken: 2, read: ['0', '1'] });
    expect(brokers.groups.get('billing')?.offsets.get(topic)).toEqual(new Map([[0, 4]]));
  });

  test('it ends after so many records, though more came with them', async () => {
    const { taken, records } = await read(await brokersWith(values(5)), { fromBeginning: true, count: 3 });
    expect({ taken, read: textsOf(records) }).toEqual({ taken: 3, read: ['0', '1', '2'] });
  });

  test('without --from-beginning what was written before is left out, and all that comes from now on is read', async () => {
    const brokers = await brokersWith(values(2));
    const { records } = await read(brokers, { count: 1, onReady: () => brokers.append(topic, 0, ['new']) });
    expect(textsOf(records)).toEqual(['new']);
  });

  test('a group goes on behind the last record that was taken', async () => {
    const brokers = await brokersWith(values(5));
    const first = await read(brokers, { group: 'billing', fromBeginning: true, count: 2 });
    expect(brokers.groups.get('billing')?.offsets.get(topic)).toEqual(new Map([[0, 2]]));
    const second = await read(brokers, { group: 'billing', fromBeginning: true, count: 3 });
    expect([...textsOf(first.records), ...textsOf(second.records)]).toEqual(['0', '1', '2', '3', '4']);
  });

  test.each([[true], [false]])(
    'a leader that moves neither repeats nor skips anything (from the beginning: %s)',
    async (fromBeginning) => {
      const brokers = await brokersWith(fromBeginning ? values(2) : []);
      const joinsBefore = brokers.joins;
      const { records } = await read(brokers, {
        fromBeginning,
        count: 4,
        onReady: () => {
          if (brokers.joins > joinsBefore + 1) brokers.append(topic, 0, ['2', '3']);
          else if (!fromBeginning) brokers.append(topic, 0, ['0', '1']);
        },
        onRecord: ({ offset }) => {
          if (offset === 1) brokers.hasMoved = true;
        },
      });
      expect(brokers.joins).toBeGreaterThan(joinsBefore + 1);
      expect(textsOf(records)).toEqual(['0', '1', '2', '3']);
    },
  );

  test('the signal ends it in a second, and what was taken until then is told', async () => {
    const brokers = await brokersWith(values(1));
    const stop = new AbortController();
    const started = performance.now();
    const { taken } = await read(brokers, {
      fromBeginning: true,
      signal: stop.signal,
      onRecord: () => stop.abort(),
    });
    expect(taken).toBe(1);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('a slow taker is waited for', async () => {
    let open = 0;
    let most = 0;
    await read(await brokersWith(values(3)), {
      fromBeginning: true,
      count: 3,
      onRecord: async () => {
        most = Math.max(most, ++open);
        await sleep(5);
        open--;
      },
    });
    expect(most).toBe(1);
  });

  test('a topic that is not there is refused, and the others are named', async () => {
    const brokers = await brokersWith([]);
    await expect(read(brokers, { topic: 'evnts' })).rejects.toMatchObject({
      code: 'not-found',
      details: ['The topics are events.'],
    });
  });

  test('what the taker throws ends it', async () => {
    const brokers = await brokersWith(values(1));
    const onRecord = () => {
      throw new Error('no room');
    };
    await expect(read(brokers, { fromBeginning: true, onRecord })).rejects.toThrow('no room');
  });

  async function read(brokers: FakeBrokers, options: Partial<ConsumeOptions>) {
    using client = brokers.client();
    const records: ReadRecord[] = [];
    const taken = await consume(client, {
      topic,
      signal,
      ...options,
      onRecord: (record) => {
        records.push(record);
        return options.onRecord?.(record);
      },
    });
    return { taken, records };
  }

  async function brokersWith(records: readonly NewRecord[]): Promise<FakeBrokers> {
    const brokers = new FakeBrokers([0], {
      events: [[0]],
      __consumer_offsets: [[0]],
      __kafka_ha_probe: [[0]],
    });
    await write(brokers, records);
    return brokers;
  }

  async function write(brokers: FakeBrokers, records: readonly NewRecord[]): Promise<void> {
    using client = brokers.client();
    await produce(client, { topic, batches: [records], signal });
  }

  function values(count: number): NewRecord[] {
    return Array.from({ length: count }, (_, index) => aRecord(String(index)));
  }

  function aRecord(value: string): NewRecord {
    return { key: null, value, headers: {} };
  }

  function textsOf(records: readonly ReadRecord[]): (string | undefined)[] {
    return records.map(({ value }) => value?.toString());
  }
});
