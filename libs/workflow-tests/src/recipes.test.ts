import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { provisionerCommand, shellSteps } from './recipe-steps.ts';

const root = new URL('../../../', import.meta.url).pathname;
const folder = join(root, 'docs/recipes');

type Item = {
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
  spec: Record<string, unknown>;
};

/** What a file of the folder says must fit what another says. Whether it works, `recipes.long.e2e.ts` shows. */
describe('recipes', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  const yamls = files.filter((file) => /\.ya?ml$/.test(file));

  test('the page links to each of them', () => {
    const page = readFileSync(join(root, 'docs/without-github.md'), 'utf8');
    const unnamed = files.filter((file) => !page.includes(`](recipes/${file})`));
    expect(unnamed).toEqual([]);
  });

  test.each(yamls)('%s is YAML without a word said twice', (file) => {
    for (const document of parseAllDocuments(textOf(file), { strict: true, uniqueKeys: true }))
      expect([document.errors, document.warnings]).toEqual([[], []]);
  });

  test('each runs the image of a release', () => {
    for (const file of ['gitlab-ci.yml', 'Jenkinsfile'])
      expect(textOf(file)).toContain('ghcr.io/OWNER/kafka-ha:VERSION');
    expect(itemsOf('gitops/kustomization.yaml')[0]).toMatchObject({
      images: [{ name: 'kafka-ha', newName: 'ghcr.io/OWNER/kafka-ha', newTag: 'VERSION' }],
    });
  });

  test('Argo CD cannot take the brokers for its own, nor does it try again what has gone back', () => {
    const [application] = itemsOf('argocd-application.yaml');
    expect(application!.metadata.name).not.toBe('events');
    expect(application!.spec).toMatchObject({
      destination: { namespace: 'kafka' },
      syncPolicy: { retry: { limit: 0 } },
    });
  });

  test('Flux waits for the Job of the repository that it watches', () => {
    const [repository, kustomization] = itemsOf('flux.yaml');
    const { kind, metadata } = repository!;
    expect(kustomization).toMatchObject({
      metadata: { namespace: metadata.namespace },
      spec: { sourceRef: { kind, name: metadata.name }, wait: true, timeout: '2h' },
    });
  });

  test('a Job that Flux or Argo CD makes is made anew for another file, and stays until then', () => {
    const [job] = itemsOf('gitops/deploy-job.yaml');
    expect(job!.metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      'kustomize.toolkit.fluxcd.io/force': 'enabled',
    });
    expect(job!.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job!.spec).toMatchObject({ backoffLimit: 0 });
  });

  test('the shell lines of Jenkins and Terraform are found', () => {
    expect(shellSteps(textOf('Jenkinsfile')).map(({ stage }) => stage)).toEqual([
      'Validate',
      'Plan',
      'Deploy',
    ]);
    expect(provisionerCommand(textOf('main.tf'))).toBe(
      'kafka-ha deploy --file "$FILE" ${PLAN:+--plan "$PLAN"}',
    );
  });

  function itemsOf(file: string): Item[] {
    return parseAllDocuments(textOf(file)).map((document) => document.toJS() as Item);
  }

  function textOf(file: string): string {
    return readFileSync(join(folder, file), 'utf8');
  }
});
