import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { validateAction } from './validate-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('validateAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('validate'), validateAction);
  });

  test('the example is proven with every environment that it has', async () => {
    const { exitCode, outputs, summary } = await runBundle('validate');
    expect({ exitCode, outputs }).toEqual({
      exitCode: 0,
      outputs: { result: 'done', cluster: 'kafka/events', 'stopped-at': '', error: '' },
    });
    for (const subject of ['the file by itself', 'local', 'staging', 'production'])
      expect(summary).toContain(`what it costs: ${subject}</summary>`);
  });

  test('a file that only one environment breaks is refused, on the line of that environment', async () => {
    const text = 'name: events\nenvironments:\n  small:\n    brokers: 3\n';
    const { exitCode, log, outputs } = await validateFile(text);
    expect({ exitCode, error: outputs['error'] }).toEqual({ exitCode: 1, error: 'promise-broken' });
    expect(log).toMatch(/^::error file=cluster\.yaml,line=4,col=\d+::tolerance 2 needs 5 brokers/m);
  });

  async function validateFile(text: string) {
    const cwd = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
    try {
      await writeFile(join(cwd, 'cluster.yaml'), text);
      return await runBundle('validate', { cwd });
    } finally {
      await rm(cwd, { recursive: true });
    }
  }
});
