import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aPlan } from '@kafka-ha/planning/testing';
import { readPlan } from './read-plan.ts';

const plan = aPlan();

let folder: string;

describe('readPlan', () => {
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'plan-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function read(content: unknown) {
    const file = join(folder, 'plan.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readPlan(file);
  }

  test('a plan is read as it was written', async () => {
    expect(await read(plan)).toEqual(plan);
  });

  test.each([...Object.keys(plan), 'cluster.server'])('a file without %s is no plan', async (key) => {
    const cluster = { ...plan.cluster, server: undefined };
    const without = key === 'cluster.server' ? { ...plan, cluster } : { ...plan, [key]: undefined };
    await expect(read(without)).rejects.toMatchObject({
      code: 'invalid-usage',
      message: expect.stringContaining('plan.json is not a plan'),
    });
  });

  test.each(['', 'null', '[]', '{"objects":'])('%p is no plan', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'invalid-usage' });
  });
});
