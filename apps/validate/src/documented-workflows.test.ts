import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readActionYml } from '@kafka-ha/action-kit/testing';
import { parse } from 'yaml';

type Documented = {
  jobs: Record<string, { steps: { uses?: string; with?: Record<string, unknown> }[] }>;
};

const pages = [
  'docs/getting-started.md',
  'docs/access.md',
  ...['validate', 'plan', 'deploy', 'upgrade', 'migrate', 'scale', 'failover-test', 'health'].map(
    (app) => `apps/${app}/README.md`,
  ),
];

describe('documented workflows', () => {
  test.each(pages)('the workflows in %s give the actions what these take', (page) => {
    const steps = workflowsIn(page).flatMap(({ jobs }) => Object.values(jobs).flatMap(({ steps }) => steps));
    const ours = steps.flatMap(({ uses = '', with: inputs = {} }) => {
      const [, app] = /^OWNER\/kafka-ha\/apps\/([^@]+)@v1$/.exec(uses) ?? [];
      return app === undefined ? [] : [{ app, inputs: Object.keys(inputs) }];
    });
    expect(ours).not.toEqual([]);
    for (const { app, inputs } of ours)
      expect(Object.keys(readActionYml(app).inputs)).toEqual(expect.arrayContaining(inputs));
  });

  function workflowsIn(page: string): Documented[] {
    const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
    return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map(([, yaml = '']) => parse(yaml) as Partial<Documented>)
      .filter((parsed): parsed is Documented => parsed.jobs !== undefined);
  }
});
