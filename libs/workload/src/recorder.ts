import {
  formatLine,
  intendedMs,
  type CorruptRow,
  type ForeignRow,
  type Line,
  type Operations,
  type Pass,
  type Run,
} from '@kafka-ha/history';

/** A line without its number, which the recorder gives. */
type Unnumbered = Line extends infer L ? (L extends { n: number } ? Omit<L, 'n'> : never) : never;

/** As a row of a read, with its time. */
export type ReadRecord = { partition: number; offset: number; seq: number; epoch: number; ms: number };

type ReadRow = [
  partition: number,
  offset: number,
  seq: number,
  count: number,
  epoch: number,
  afterMs: number,
];

/**
 * Turns what happens into lines. Operations are gathered and told together every so often, which makes a fraction of
 * the volume; whoever kills the pod loses no more than that, and the missing end tells so. Times are milliseconds of
 * the run.
 */
export class Recorder {
  readonly #run: Run;
  readonly #print: (text: string) => void;
  #n = 0;
  #rows: { name: keyof Operations; row: readonly unknown[] }[] = [];
  /** The last row of each pass and partition that is not told yet. */
  readonly #spans = new Map<string, { row: ReadRow; ms: number }>();

  constructor(run: Run, print: (text: string) => void) {
    this.#run = run;
    this.#print = print;
    this.tell({ kind: 'run', run });
  }

  sent(partition: number, seq: number, count: number, ms: number): void {
    this.#gather('sent', [partition, seq, count, this.#after(partition, seq, ms)]);
  }

  acked(partition: number, seq: number, count: number, offset: number, ms: number): void {
    this.#gather('acked', [partition, seq, count, offset, this.#after(partition, seq, ms)]);
  }

  unacked(
    outcome: 'failed' | 'unknown',
    partition: number,
    seq: number,
    count: number,
    error: string,
    ms: number,
  ): void {
    this.#gather(outcome, [partition, seq, count, error, this.#after(partition, seq, ms)]);
  }

  /** Neighbours that came together share a row; when the final read met them is of no interest. */
  read(pass: Pass, { partition, offset, seq, epoch, ms }: ReadRecord): void {
    const key = `${pass} ${partition}`;
    const last = this.#spans.get(key);
    if (last && (pass === 'final' || last.ms === ms) && isNext(last.row, offset, seq, epoch)) {
      last.row[3] += 1;
      return;
    }
    const row: ReadRow = [partition, offset, seq, 1, epoch, this.#after(partition, seq, ms)];
    this.#spans.set(key, { row, ms });
    this.#gather(pass, row);
  }

  corrupt(...row: CorruptRow): void {
    this.#gather('corrupt', row);
  }

  foreign(...row: ForeignRow): void {
    this.#gather('foreign', row);
  }

  /** Tells what was gathered, in lines well below the 16 KiB at which a container runtime cuts. */
  flush(ms: number): void {
    for (let from = 0; from < this.#rows.length; from += rowsPerLine) {
      const operations: Partial<Record<keyof Operations, unknown[]>> = {};
      for (const { name, row } of this.#rows.slice(from, from + rowsPerLine))
        (operations[name] ??= []).push(row);
      this.#write({ kind: 'operations', ms, ...(operations as Operations) });
    }
    this.#rows = [];
    this.#spans.clear();
  }

  /** Tells at once, after what happened before. */
  tell(line: Unnumbered): void {
    if ('ms' in line) this.flush(line.ms);
    this.#write(line);
  }

  #gather(name: keyof Operations, row: readonly unknown[]): void {
    this.#rows.push({ name, row });
  }

  #write(line: Unnumbered): void {
    this.#print(formatLine({ n: this.#n, ...line }));
    this.#n += 1;
  }

  #after(partition: number, seq: number, ms: number): number {
    return ms - intendedMs(this.#run, partition, seq);
  }
}

const rowsPerLine = 200;

function isNext(
  [, offset, seq, count, epoch]: ReadRow,
  nextOffset: number,
  nextSeq: number,
  nextEpoch: number,
): boolean {
  return offset + count === nextOffset && seq + count === nextSeq && epoch === nextEpoch;
}
