import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

type Step = { uses?: string; with?: Record<string, string> };

type Workflow = {
  on: { workflow_dispatch: { inputs: Record<string, { type: string; default: unknown }> } };
  jobs: Record<string, { if?: string; steps?: Step[] }>;
};

describe('delete records', () => {
  test.each([
    // Not on a push, which has no inputs.
    ['deploy', '${{ inputs.delete-records || false }}'],
    ['upgrade', '${{ inputs.delete-records }}'],
    ['scale', '${{ inputs.delete-records }}'],
  ])('%s deletes records only where somebody says so in a run by hand, on main', async (action, given) => {
    const { on, jobs } = await workflow(action);
    expect(on.workflow_dispatch.inputs['delete-records']).toMatchObject({ type: 'boolean', default: false });
    const job = jobs['production'];
    expect(job?.if).toBe("github.ref == 'refs/heads/main'");
    const step = job?.steps?.find(({ uses }) => uses === `./apps/${action}`);
    expect(step?.with).toMatchObject({ plan: 'plan.json', 'delete-records': given });
  });

  async function workflow(name: string): Promise<Workflow> {
    const file = new URL(`../../../.github/workflows/${name}.yml`, import.meta.url);
    return parse(await readFile(file, 'utf8')) as Workflow;
  }
});
