import { setTimeout as sleep } from 'node:timers/promises';
import { errorName } from '@kafka-ha/kafka-protocol';
import type { Brokers } from './connections.ts';
import { metadata, type Metadata } from './requests.ts';

export type Leader = { broker: number; address: string; epoch: number };

/** Who leads which partition of one topic, as far as any broker has told. Shared by writer and reader. */
export class Routes {
  readonly topic: string;
  readonly #connections: Brokers;
  readonly #leaders = new Map<number, Leader | null>();
  readonly #epochs = new Map<number, number>();
  /** Asked in turn, so that a broker that hangs, or knows only old news, is left behind. */
  #addresses: readonly string[];
  #turn = 0;
  #refreshing: Promise<void> | null = null;

  constructor(topic: string, bootstrap: readonly string[], connections: Brokers) {
    this.topic = topic;
    this.#addresses = bootstrap;
    this.#connections = connections;
  }

  get partitions(): number {
    return this.#leaders.size;
  }

  /** Null where the partition has no leader now. */
  leaderOf(partition: number): Leader | null {
    return this.#leaders.get(partition) ?? null;
  }

  leaders(): Leader[] {
    const byBroker = new Map<number, Leader>();
    for (const leader of this.#leaders.values()) if (leader) byBroker.set(leader.broker, leader);
    return [...byBroker.values()];
  }

  partitionsLedBy(broker: number): number[] {
    return [...this.#leaders]
      .filter(([, leader]) => leader?.broker === broker)
      .map(([partition]) => partition);
  }

  /** Any broker's address, another one each time. */
  anyAddress(): string {
    this.#turn += 1;
    return this.#addresses[this.#turn % this.#addresses.length] ?? '';
  }

  /**
   * Asks one broker, and where that is silent or slow the next as well. Callers at the same time share the answer.
   *
   * @throws NoAnswer when no broker answers, or Error when the topic is unknown
   */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#ask().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #ask(): Promise<void> {
    const answer = await this.#firstAnswer();
    if (answer.errorCode !== 0) throw new Error(`topic ${this.topic}: ${errorName(answer.errorCode)}`);
    this.#learn(answer);
  }

  /** As soon as Java's client, which turns to a broker that it is connected to: one that is gone takes time to be silent. */
  async #firstAnswer(): Promise<Metadata> {
    const asked: Promise<Metadata>[] = [];
    for (let more = this.#addresses.length; more > 0; more -= 1) {
      asked.push(this.#connections.send('ask', this.anyAddress(), metadata(this.topic), askTimeoutMs));
      const any = Promise.any(asked).catch(() => undefined);
      const answer = await Promise.race([any, sleep(patienceMs)]);
      if (answer !== undefined) return answer;
    }
    return Promise.any(asked).catch(({ errors: [first] }: AggregateError) => {
      throw first;
    });
  }

  #learn({ brokers, partitions }: Metadata): void {
    const addresses = new Map(brokers.map(({ id, host, port }) => [id, `${host}:${port}`]));
    // The bootstrap addresses stay: a broker that is away now may be the only one tomorrow.
    this.#addresses = [...new Set([...addresses.values(), ...this.#addresses])];
    for (const { partition, leader, epoch } of partitions) {
      // A broker that was cut off goes on telling of an older epoch.
      if (epoch < (this.#epochs.get(partition) ?? 0)) continue;
      const address = addresses.get(leader);
      this.#epochs.set(partition, epoch);
      this.#leaders.set(partition, address === undefined ? null : { broker: leader, address, epoch });
    }
  }
}

/** Metadata is served from memory: a broker that needs longer hangs. */
const askTimeoutMs = 2000;
const patienceMs = 200;
