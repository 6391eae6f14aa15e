import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';

type Workflow = {
  on: { workflow_dispatch: { inputs: Record<string, { type: string; default: unknown }> } };
  jobs: Record<string, { steps?: { uses?: string; with?: Record<string, string> }[] }>;
};

test('production deletes records only where somebody says so in a run by hand', async () => {
  const file = new URL('../../../.github/workflows/deploy.yml', import.meta.url);
  const { on, jobs } = parse(await readFile(file, 'utf8')) as Workflow;
  expect(on.workflow_dispatch.inputs['delete-records']).toMatchObject({ type: 'boolean', default: false });
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  expect(steps.find(({ uses }) => uses === './apps/deploy')?.with?.['delete-records']).toBe(
    '${{ inputs.delete-records || false }}',
  );
});
