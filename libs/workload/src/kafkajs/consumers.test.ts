import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import type { ConsumerRunConfig, Kafka } from 'kafkajs';
import { Routes } from '../kafka/routes.ts';
import { encodePayload } from '../payload.ts';
import { aRecorder, aRun, aTopic, fakeBrokers } from '../testing.ts';
import { consumeWithLibrary } from '../library-group.ts';
import { formKafkajsGroup } from './consumers.ts';

const run = aRun({ consumers: 1 });
const of = { topic: 'drill', partitions: 2 };

// Commits have a pace of their own, and a busy machine another one.
jest.setTimeout(20_000);

describe('kafkajs consumers', () => {
  test('a group is formed once every partition is somebody’s', async () => {
    const first = new FakeConsumer();
    const second = new FakeConsumer();
    const forming = formKafkajsGroup('group', [first.kafka, second.kafka], of, AbortSignal.timeout(4000));
    await sleep(20);
    first.join([0]);
    second.join([1]);
    expect((await forming).map(({ partitions }) => partitions)).toEqual([[0], [1]]);
    await expect(
      formKafkajsGroup('group', [new FakeConsumer().kafka], of, AbortSignal.timeout(100)),
    ).rejects.toThrow('did not form their group');
  });

  test('what it is given is told, and committed as far as it was', async () => {
    const { consumer, history, end } = await reading([2, 1]);
    expect(end).toEqual({ complete: true });
    // One line or two, as the records were read in one millisecond or two.
    const told = history.reads.flatMap(({ pass, partition, seq, count }) =>
      Array.from({ length: count }, (_, after) => `${pass} ${partition}: ${seq + after}`),
    );
    expect(told).toEqual(['group 0: 0', 'group 0: 1', 'group 1: 0']);
    expect(history.group.assigned).toMatchObject([{ member: 0, generation: 1, partitions: [0, 1] }]);
    expect(history.group.commits.at(-1)).toMatchObject({
      outcome: 'acked',
      coordinator: 2,
      offsets: [
        { partition: 0, offset: 2 },
        { partition: 1, offset: 1 },
      ],
    });
    // Asked of the coordinator itself, after the last commit.
    expect(history.group.committed).toMatchObject([{ offsets: [{ partition: 0, offset: 2 }, {}] }]);
    expect(consumer.isDisconnected).toBe(true);
  });

  test('a commit that fails may be kept all the same', async () => {
    const { history, end } = await reading([1, 1], (consumer) => consumer.failures.push(new Error('gone')));
    expect(end).toEqual({ complete: true });
    expect(history.group.commits[0]).toMatchObject({ outcome: 'unknown', error: 'gone' });
  });

  async function reading(ends: number[], before: (consumer: FakeConsumer) => void = () => undefined) {
    const consumer = new FakeConsumer();
    before(consumer);
    const forming = formKafkajsGroup('group', [consumer.kafka], of, AbortSignal.timeout(4000));
    await sleep(20);
    consumer.join([0, 1]);
    const members = await forming;
    const connections = fakeBrokers(({ api }) => {
      if (api === 'Metadata') return aTopic({ leader: 1 }, { leader: 1 });
      if (api === 'FindCoordinator') return { errorCode: 0, broker: 2, address: 'b2:2' };
      const offsets = [...consumer.committed].map(([partition, offset]) => {
        return { partition, errorCode: 0, offset };
      });
      return { errorCode: 0, offsets };
    });
    const routes = new Routes('drill', ['b1:1'], connections);
    await routes.refresh();
    const { recorder, told } = aRecorder(run);
    const now = () => Math.floor(performance.now());
    const options = { run: run.id, recorder, now, startOffsets: [0, 0] };
    const group = consumeWithLibrary('group', members, { routes, connections }, options);
    for (const [partition, end] of ends.entries()) await consumer.deliver(partition, end);
    const end = await group.end(ends);
    return { consumer, history: told(), end };
  }
});

/** A consumer of kafkajs as far as a load uses one. */
class FakeConsumer {
  readonly kafka = { consumer: () => this } as unknown as Kafka;
  readonly events = { GROUP_JOIN: 'consumer.group_join' };
  readonly failures: Error[] = [];
  readonly committed = new Map<number, number>();
  readonly connect = async () => undefined;
  readonly subscribe = async () => undefined;
  isDisconnected = false;
  #onJoin: (event: object) => void = () => undefined;
  #eachBatch: ConsumerRunConfig['eachBatch'];

  on(_event: string, listener: (event: object) => void): void {
    this.#onJoin = listener;
  }

  async run({ eachBatch }: ConsumerRunConfig): Promise<void> {
    this.#eachBatch = eachBatch;
  }

  async commitOffsets(offsets: { partition: number; offset: string }[]): Promise<void> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    for (const { partition, offset } of offsets) this.committed.set(partition, Number(offset));
  }

  async disconnect(): Promise<void> {
    this.isDisconnected = true;
  }

  join(partitions: number[]): void {
    this.#onJoin({ payload: { memberAssignment: { drill: partitions } } });
  }

  async deliver(partition: number, count: number): Promise<void> {
    const messages = Array.from({ length: count }, (_, seq) => {
      return { offset: String(seq), value: encodePayload({ run: run.id, partition, seq }, 100) };
    });
    await this.#eachBatch?.({
      batch: { partition, messages },
      resolveOffset: () => undefined,
      heartbeat: async () => undefined,
      isRunning: () => true,
      isStale: () => false,
    } as never);
  }
}
