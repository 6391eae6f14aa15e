import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { fakeObjects, type FakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { renderObjects } from '@kafka-ha/manifests';
import type { Direction, MigrationPlan } from '@kafka-ha/planning';
import { migrate, type MigrateOptions } from './migrate.ts';
import { readMigrationPlan } from './plan-migration.ts';

const { signal } = new AbortController();
const specOf = (mode: 'zookeeper' | 'dual-write' | 'kraft') => aSpec({ mode, versions: { kafka: '3.9.2' } });

const fakes: FakeObjects[] = [];

describe('migrate', () => {
  afterEach(async () => {
    for (const fake of fakes.splice(0)) await fake[Symbol.asyncDispose]();
  });

  test.each([
    ['kraft', 'back', 'there is no way back', 'Nothing is left to do'],
    ['zookeeper', 'finalize', 'not in mode dual-write yet', 'Run kafka-ha migrate first'],
  ] as const)('from %s it does not go %s, and nothing is changed', async (mode, direction, why, hint) => {
    const { changes, run } = await aCluster(mode);
    await expect(run(direction)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(why),
      hint: expect.stringContaining(hint),
    });
    expect(changes()).toEqual([]);
  });

  test('where it has arrived nothing is done, and no lock is taken', async () => {
    const { changes, run } = await aCluster('kraft');
    expect(await run('finalize')).toEqual({ from: 'kraft', mode: 'kraft' });
    expect(await run('forward')).toEqual({ from: 'kraft', mode: 'kraft' });
    expect(changes()).toEqual([]);
  });

  test('what was approved is gone by, or nothing', async () => {
    const { changes, run, server } = await aCluster('dual-write');
    const cluster = { name: 'events', namespace: 'kafka', server };
    const reviewed = { cluster, direction: 'finalize', from: 'kraft' } as MigrationPlan;
    await expect(run('finalize', { reviewed })).rejects.toMatchObject({
      code: 'conflict',
      details: ['planned: from kraft finalize; now: from dual-write finalize'],
    });
    const other = {
      ...reviewed,
      from: 'dual-write',
      cluster: { ...cluster, server: 'https://other' },
    } as const;
    await expect(run('finalize', { reviewed: other })).rejects.toMatchObject({ code: 'conflict' });
    expect(changes()).toEqual([]);
  });

  test('a file that is no plan of a migration is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plan-'));
    const file = join(folder, 'plan.json');
    await writeFile(file, JSON.stringify({ direction: 'forward' }));
    await expect(readMigrationPlan(file)).rejects.toMatchObject({ code: 'invalid-usage' });
    await rm(folder, { recursive: true });
  });

  async function aCluster(mode: Parameters<typeof specOf>[0]) {
    const fake = await fakeObjects(renderObjects(specOf(mode)));
    fakes.push(fake);
    const cluster = { kube: fake.kube, spec: specOf('zookeeper'), signal };
    return {
      changes: fake.changes,
      server: fake.kube.server,
      run: async (direction: Direction, more: Partial<MigrateOptions> = {}) => {
        const actor = { holder: 'test' };
        const steps = migrate(cluster, { direction, backup: '/nowhere', actor, ...more });
        for (;;) {
          const { done, value } = await steps.next();
          if (done) return value;
        }
      },
    };
  }
});
