import type { Brokers } from './connections.ts';
import { produce, type Batch, type PartitionOffset, type Producer } from './requests.ts';

type Waiting = {
  batch: Batch;
  resolve: (answer: PartitionOffset) => void;
  reject: (error: unknown) => void;
};

/**
 * Sends what falls due at the same time for one broker in one request, as Java's producer does: with one for each
 * partition, brokers would answer four times as many of clients and followers, for the same records.
 */
export class Batcher {
  readonly #topic: string;
  readonly #connections: Brokers;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(topic: string, connections: Brokers) {
    this.#topic = topic;
    this.#connections = connections;
  }

  /** @throws NoAnswer when the connection breaks or nothing came in time */
  async send(address: string, batch: Batch, producer: Producer | undefined): Promise<PartitionOffset> {
    // The protocol would allow another producer for each batch: those who had to take a new one go by themselves.
    const key = `${address} ${producer?.id} ${producer?.epoch}`;
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(key) ?? [];
      if (waiting.length === 0) setImmediate(() => void this.#flush(key, address, producer));
      this.#waiting.set(key, [...waiting, { batch, resolve, reject }]);
    });
  }

  async #flush(key: string, address: string, producer: Producer | undefined): Promise<void> {
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    const batches = waiting.map(({ batch }) => batch);
    const { requestTimeoutMs } = this.#connections;
    const request = produce(this.#topic, batches, producer, requestTimeoutMs);
    try {
      const answers = await this.#connections.send('write', address, request, requestTimeoutMs);
      for (const { batch, resolve, reject } of waiting) {
        const answer = answers.find(({ partition }) => partition === batch.partition);
        if (answer) resolve(answer);
        else reject(new Error(`the answer to a write to partition ${batch.partition} does not name it`));
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
