import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anomalyKinds, type AnomalyKind } from './anomalies.ts';
import { check } from './check.ts';
import { parseHistory, type History } from './history.ts';
import { formatLine } from './line.ts';
import { plantings, simulate, singleRecords, type Settings, type Step } from './testing.ts';

describe('check', () => {
  test('1,000 clean histories with failures, retries, late and unknown writes raise nothing', () => {
    fc.assert(
      fc.property(aCleanHistory(), (history) => {
        const { anomalies, incomplete } = check(history);
        // A retry without idempotence may store a record twice: counted, but not held against Kafka.
        const raised = anomalyKinds.filter((kind) => anomalies[kind].count > 0 && kind !== 'duplicated');
        expect({ raised, incomplete }).toEqual({
          raised: [],
          incomplete: { writing: [], reading: [], consuming: [] },
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('with an idempotent writer, clean histories have no duplicates either', () => {
    fc.assert(
      fc.property(aCleanHistory({ idempotent: true }), (history) => {
        expect(check(history).anomalies.duplicated.count).toBe(0);
      }),
    );
  });

  const everyPlanting = anomalyKinds.flatMap((kind) =>
    Object.keys(plantings[kind]).map((how) => [kind, how] as const),
  );

  test.each(everyPlanting)('%s is caught and named: %s', (kind, how) => {
    fc.assert(
      fc.property(aCleanHistory(), fc.nat(), (history, nth) => {
        fc.pre(check(history).anomalies.duplicated.count === 0);
        const planted = plantings[kind][how]?.(singleRecords(history), nth) ?? null;
        fc.pre(planted !== null);
        expect(named(planted.history, kind)).toContain(planted.record ?? `partition ${planted.partition}`);
      }),
      { numRuns: 100 },
    );
  });

  test('every anomaly is counted, but only the first hundred are named', () => {
    const history = written(300);
    const findings = check({ ...history, reads: [], readerEnd: { ...theEnd, from: [0], to: [0] } });
    expect(findings.anomalies.lost.count).toBe(300);
    expect(findings.anomalies.lost.examples).toHaveLength(100);
    expect(findings.anomalies.lost.examples[0]).toEqual({
      partition: 0,
      record: '0/0',
      offset: 0,
      detail: 'acknowledged at offset 0, then gone',
    });
  });

  test('a write without an answer is resolved by the final read', () => {
    const steps: Step[] = [
      { kind: 'send', partition: 0, count: 1 },
      { kind: 'send', partition: 0, count: 1 },
      { kind: 'resolve', which: 0, fate: 'unknown', copies: 1 },
      { kind: 'resolve', which: 0, fate: 'unknown', copies: 0 },
    ];
    expect(check(historyOf(steps)).counts).toMatchObject({
      unknown: 2,
      unknownFound: 1,
      acknowledged: 0,
      read: 1,
    });
  });

  test('a record that was read and is gone at the end is lost, acknowledged or not', () => {
    const history = historyOf([
      { kind: 'send', partition: 0, count: 1 },
      { kind: 'resolve', which: 0, fate: 'unknown', copies: 1 },
      { kind: 'read', partition: 0, atMost: 1 },
    ]);
    const live = history.reads.filter(({ pass }) => pass === 'live');
    const { lost } = check({
      ...history,
      reads: live,
      readerEnd: { ...theEnd, from: [0], to: [0] },
    }).anomalies;
    expect(lost.examples).toEqual([
      { partition: 0, record: '0/0', offset: 0, detail: 'read at offset 0, then gone' },
    ]);
  });

  test('a corrupted record is counted as that alone: it is neither lost nor a gap', () => {
    const history = plantings.corrupted['a record comes back with a wrong checksum']?.(
      singleRecords(written(5)),
      2,
    )?.history;
    const { anomalies } = check(history ?? written(0));
    expect(anomalyKinds.filter((kind) => anomalies[kind].count > 0)).toEqual(['corrupted']);
  });

  test('a record of another run is nobody’s fault', () => {
    const foreign = [
      { pass: 'final', partition: 0, offset: 5, run: 'another', ofPartition: 0, ofSeq: 1 } as const,
    ];
    const history = written(5);
    const longer = { ...history, foreign, readerEnd: { ...theEnd, from: [0], to: [6] } };
    const { anomalies, incomplete } = check(longer);
    expect(anomalyKinds.filter((kind) => anomalies[kind].count > 0)).toEqual([]);
    expect(incomplete.reading).toEqual([]);
  });

  test.each<[string, (history: History) => History, RegExp]>([
    ['the writer’s end is missing', ({ writerEnd: _, ...rest }) => rest, /writer did not finish/],
    ['the reader’s end is missing', ({ readerEnd: _, ...rest }) => rest, /reader did not finish/],
    [
      'the reader gave up',
      (history) => ({
        ...history,
        readerEnd: { ...theEnd, from: [0], to: [0], complete: false, reason: 'no leader' },
      }),
      /did not reach the end: no leader/,
    ],
    [
      'the reader stopped short',
      (history) => ({ ...history, readerEnd: { ...theEnd, from: [0], to: [9] } }),
      /read back to offset 5 of 9/,
    ],
    [
      'retention removed records',
      (history) => ({ ...history, readerEnd: { ...theEnd, from: [2], to: [5] } }),
      /offsets 0 to 1 were removed/,
    ],
    [
      'a write has no outcome',
      (history) => ({ ...history, acknowledged: history.acknowledged.slice(1) }),
      /1 writes/,
    ],
    [
      'the consumers’ end is missing',
      ({ group: { end: _, ...group }, ...rest }) => ({ ...rest, group }),
      /consumers did not finish/,
    ],
    [
      'the consumers gave up',
      (history) => {
        const end = { ms: 1000, complete: false, reason: 'no coordinator' };
        return { ...history, group: { ...history.group, end } };
      },
      /consumers did not finish: no coordinator/,
    ],
    ['lines are missing', (history) => ({ ...history, defects: ['3 lines are missing'] }), /3 lines/],
  ])('a history is not whole when %s', (_, alter, reason) => {
    const { writing, reading, consuming } = check(alter(written(5))).incomplete;
    expect([...writing, ...reading, ...consuming].join('\n')).toMatch(reason);
  });

  test('what consumers were not given is nothing where they did not read to the end', () => {
    const history = written(5);
    const reads = history.reads.filter(({ pass, seq }) => pass !== 'group' || seq < 3);
    expect(named({ ...history, reads }, 'undelivered')).toEqual(['partition 0', '0/3', 'partition 0', '0/4']);
    const end = { ms: 1000, complete: false };
    expect(named({ ...history, reads, group: { ...history.group, end } }, 'undelivered')).toEqual([]);
  });

  test('an offset of a commit without an answer may come back at any time', () => {
    const history = historyOf([
      { kind: 'send', partition: 0, count: 3 },
      { kind: 'resolve', which: 0, fate: 'acked', copies: 1 },
      { kind: 'deliver', partition: 0, atMost: 1 },
      { kind: 'commit', fate: 'unknown', isKept: false },
      { kind: 'deliver', partition: 0, atMost: 1 },
      { kind: 'commit', fate: 'acked', isKept: true },
    ]);
    const committed = (offset: number) => {
      const told = { ms: 900_000, askedMs: 900_000, offsets: [{ partition: 0, offset }] };
      return { ...history, group: { ...history.group, committed: [told] } };
    };
    expect(named(committed(1), 'commit-back')).toEqual([]);
    expect(named(committed(0), 'commit-back')).toEqual(['partition 0']);
  });

  test('what may only be missing from a damaged log is no anomaly', () => {
    const history = written(5);
    const damaged = {
      ...history,
      defects: ['lines are missing'],
      sent: history.sent.slice(1),
      reads: history.reads.toSpliced(2, 1),
    };
    const { anomalies } = check(damaged);
    expect(anomalyKinds.filter((kind) => anomalies[kind].count > 0)).toEqual([]);
  });

  const theEnd = { ms: 1000, complete: true };

  function aCleanHistory({ idempotent }: { idempotent?: boolean } = {}): fc.Arbitrary<History> {
    const settings = fc.record({
      partitions: fc.integer({ min: 1, max: 4 }),
      ratePerSecond: fc.integer({ min: 1, max: 50 }),
      startOffset: fc.integer({ min: 0, max: 1000 }),
      idempotent: idempotent === undefined ? fc.boolean() : fc.constant(idempotent),
    });
    return fc
      .tuple(settings, fc.array(aStep(), { minLength: 1, maxLength: 80 }))
      .map(([settings, steps]) => historyOf(steps, settings));
  }

  function aStep(): fc.Arbitrary<Step> {
    const partition = fc.nat(3);
    const fate = fc.constantFrom<'acked' | 'failed' | 'unknown'>(
      'acked',
      'acked',
      'acked',
      'failed',
      'unknown',
    );
    const commitFate = fc.constantFrom<'acked' | 'refused' | 'unknown'>(
      'acked',
      'acked',
      'refused',
      'unknown',
    );
    return fc.oneof(
      { weight: 4, arbitrary: step({ kind: 'send', partition, count: fc.integer({ min: 1, max: 4 }) }) },
      { weight: 6, arbitrary: step({ kind: 'resolve', which: fc.nat(5), fate, copies: fc.nat(2) }) },
      { weight: 3, arbitrary: step({ kind: 'read', partition, atMost: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 2, arbitrary: step({ kind: 'tick', ms: fc.nat(300) }) },
      { weight: 1, arbitrary: step({ kind: 'elect', partition }) },
      { weight: 1, arbitrary: step({ kind: 'watermarks', hidden: partition }) },
      { weight: 3, arbitrary: step({ kind: 'deliver', partition, atMost: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 2, arbitrary: step({ kind: 'commit', fate: commitFate, isKept: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'look' }, { kind: 'rebalance' }) },
    );
  }

  function step<K extends Step['kind']>({
    kind,
    ...fields
  }: { kind: K } & {
    [F in Exclude<keyof Extract<Step, { kind: K }>, 'kind'>]: fc.Arbitrary<Extract<Step, { kind: K }>[F]>;
  }) {
    return fc.record({ kind: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<Step>;
  }

  function historyOf(steps: readonly Step[], settings: Partial<Settings> = {}): History {
    const defaults = { partitions: 1, ratePerSecond: 10, startOffset: 0, idempotent: true, hasGroup: true };
    const history = parseHistory(
      simulate({ ...defaults, ...settings }, steps)
        .map(formatLine)
        .join(''),
    );
    if (!history) throw new Error('the simulated log has no header');
    return history;
  }

  /** A history of one partition in which that many records were acknowledged one after the other. */
  function written(records: number): History {
    return historyOf(
      Array.from({ length: records }, (): Step[] => [
        { kind: 'send', partition: 0, count: 1 },
        { kind: 'resolve', which: 0, fate: 'acked', copies: 1 },
      ]).flat(),
    );
  }

  function named(history: History, kind: AnomalyKind): string[] {
    const { examples } = check(history).anomalies[kind];
    return examples.flatMap(({ partition, record }) => [
      `partition ${partition}`,
      ...(record ? [record] : []),
    ]);
  }
});
