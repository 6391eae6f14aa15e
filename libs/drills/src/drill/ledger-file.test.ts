import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { type DrillOutcome, ledgerBound, withoutHistory } from '@kafka-ha/history';
import { faultOf } from './faults/faults.ts';
import { appendToLedger, readLedger, refuseUnusableLedger } from './ledger-file.ts';

let folder: string;
let path: string;

describe('ledger file', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    path = join(folder, 'deep', 'drills.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a ledger is made where there is none, and holds what was added', async () => {
    expect((await readLedger(path)).entries).toEqual([]);
    await refuseUnusableLedger(path);
    await appendToLedger(path, aLoss(3));
    await appendToLedger(path, aLoss(5));
    expect(await lossesIn(path)).toEqual([3, 5]);
  });

  test('wherever the last line was torn, the next drill has a line of its own', async () => {
    await appendToLedger(path, aLoss(3));
    const whole = await readFile(path, 'utf8');
    for (const length of [1, 40, whole.length - 30, whole.length - 2, whole.length - 1]) {
      await writeFile(path, whole);
      await truncate(path, length);
      await appendToLedger(path, aLoss(5));
      const ledger = await readLedger(path);
      expect(ledger.entries.at(-1)?.figures.lost).toBe(5);
      expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
      expect(ledger.unreadable).toEqual(length === whole.length - 1 ? [] : [1]);
    }
  });

  test('several drills that add at once each have their line, also behind a torn one', async () => {
    await refuseUnusableLedger(path);
    await appendFile(path, '{"version":1,"at":"2026');
    const losses = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(losses.map((lost) => appendToLedger(path, aLoss(lost))));
    expect((await lossesIn(path)).sort((a, b) => a - b)).toEqual(losses);
    expect(ledgerBound(await readLedger(path))).toMatchObject({ faults: 40, losses: 40 });
  });

  test('a ledger that cannot be written is told of before a drill', async () => {
    await writeFile(join(folder, 'deep'), 'a file where a folder should be');
    await expect(refuseUnusableLedger(path)).rejects.toMatchObject({ code: 'invalid-usage' });
  });

  async function lossesIn(path: string): Promise<number[]> {
    return (await readLedger(path)).entries.map(({ figures }) => figures.lost ?? 0);
  }

  function aLoss(lost: number): DrillOutcome {
    const outcome = withoutHistory({
      name: 'kill-broker',
      fault: faultOf(aSpec(), 'kill-broker'),
      spec: aSpec({ name: 'events' }),
      replication: { factor: 3, minInSync: 2 },
      strike: { victims: [], struckAtMs: null, endedAtMs: null },
      replicas: null,
      unhealed: null,
      broken: null,
      doubts: [],
      breaches: [],
    });
    const check = { objective: 'lost', figure: lost, limit: 0, unit: 'records', result: 'fail' } as const;
    return { ...outcome, verdict: { result: 'fail', checks: [check], reasons: [] } };
  }
});
