import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { runBundle } from '@kafka-ha/action-kit/testing';
import { parse } from 'yaml';

const root = new URL('../../../', import.meta.url).pathname;
const main = `${root}action.mjs`;

describe("the action of the repository's root", () => {
  test('it runs what its input names, with the inputs of that', async () => {
    const inputs = { command: 'validate', 'cluster-file': 'cluster.kraft.yaml', comment: 'false' };
    const { exitCode, outputs, log } = await runBundle('validate', { main, inputs });
    expect({ exitCode, outputs, log }).toMatchObject({
      exitCode: 0,
      outputs: { result: 'done', cluster: 'kafka/events' },
    });
  }, 30_000);

  test.each(['', 'local-cluster', '../validate'])(
    'it refuses the command "%s", and says what there is',
    async (command) => {
      const { exitCode, log } = await runBundle('validate', { main, inputs: { command } });
      expect({ exitCode, log }).toEqual({
        exitCode: 1,
        log: expect.stringContaining(
          'takes one of validate, plan, deploy, upgrade, scale, failover-test, health',
        ),
      });
    },
  );

  test('action.yml names each command that it runs', () => {
    const { inputs } = parse(readFileSync(`${root}action.yml`, 'utf8')) as {
      inputs: { command: { description: string } };
    };
    const [, list] = /const commands = (\[.*?\]);/.exec(readFileSync(main, 'utf8')) ?? [];
    expect(inputs.command.description).toBe(
      `What to do: ${(JSON.parse((list ?? '').replaceAll("'", '"')) as string[]).join(', ')}.`,
    );
  });
});
