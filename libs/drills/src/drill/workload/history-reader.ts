import { readInPod } from '@kafka-ha/kube';
import type { Cluster } from '@kafka-ha/cluster';
import { historyPath } from './workload-objects.ts';

const readWithinMs = 30_000;
/** What one exec gives out; more is read by the next. */
const pieceBytes = 4 * 1024 * 1024;

/** A load's history as far as it was read from its pod: whole lines, each once. */
export class HistoryReader {
  readonly #cluster: Cluster;
  readonly #pod: string;
  readonly #pieces: string[] = [];
  #bytes = 0;
  #isRead: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster, pod: string) {
    this.#cluster = cluster;
    this.#pod = pod;
  }

  get hasBegun(): boolean {
    return this.#pieces.length > 0;
  }

  /** Nothing is told after it. */
  get hasEnded(): boolean {
    return this.#pieces.at(-1)?.trimEnd().split('\n').at(-1)?.includes('"kind":"reader-end"') ?? false;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  /**
   * Reads on to the end that the file has by then. One reading at a time: a second begins where the first has ended.
   *
   * @throws KafkaHaError where the pod cannot be asked; what was read until then stays.
   */
  async read(signal: AbortSignal): Promise<void> {
    const before = this.#isRead;
    const reading = before.catch(() => undefined).then(() => this.#readOn(signal));
    this.#isRead = reading.catch(() => undefined);
    await reading;
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    for (;;) {
      const piece = await this.#pieceFrom(this.#bytes, signal);
      const whole = piece.slice(0, piece.lastIndexOf('\n') + 1);
      if (whole === '') return;
      this.#pieces.push(whole);
      this.#bytes += Buffer.byteLength(whole);
      if (Buffer.byteLength(piece) < pieceBytes) return;
    }
  }

  async #pieceFrom(byte: number, signal: AbortSignal): Promise<string> {
    const { kube, spec } = this.#cluster;
    const { stdout } = await readInPod(kube, {
      namespace: spec.namespace,
      pod: this.#pod,
      container: 'workload',
      command: ['sh', '-c', `tail -c +${byte + 1} ${historyPath} | head -c ${pieceBytes}`],
      timeoutMs: readWithinMs,
      signal,
    });
    return stdout;
  }
}
