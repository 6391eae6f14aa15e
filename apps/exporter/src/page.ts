export type PageOptions = {
  intervalMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** A reading that takes as long as this is not what is any more. */
const intervalsShown = 6;

/**
 * What is served: the last reading, in the parts in which it was written, and how old it is. A reading that is too old is not shown:
 * an alert that looks for it finds nothing, instead of what once was.
 */
export class Page {
  readonly #age: (seconds: number) => Buffer;
  readonly #options: PageOptions;
  #parts: readonly Buffer[] = [];
  #atMs: number;

  constructor(cluster: string, options: PageOptions) {
    this.#options = options;
    this.#atMs = options.now();
    this.#age = (seconds) =>
      Buffer.from(
        [
          '# HELP kafka_ha_reading_age_seconds How old the reading is that is shown; of an exporter that has none yet, its own age.',
          '# TYPE kafka_ha_reading_age_seconds gauge',
          `kafka_ha_reading_age_seconds{kafka_cluster="${cluster}"} ${seconds}`,
          '',
        ].join('\n'),
      );
  }

  show(parts: readonly Buffer[], atMs: number): void {
    this.#parts = parts;
    this.#atMs = atMs;
  }

  parts(): Buffer[] {
    const ageMs = Math.max(0, this.#options.now() - this.#atMs);
    const isOld = ageMs > intervalsShown * this.#options.intervalMs;
    return [this.#age(ageMs / 1000), ...(isOld ? [] : this.#parts)];
  }
}
