import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { commitAll, expectEnd, fakeGitHub, runWorkflow, type FakeGitHub } from '@kafka-ha/action-kit/testing';
import { listLocalClusters } from '@kafka-ha/local-cluster';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';

jest.setTimeout(600_000);

const root = new URL('../../../', import.meta.url).pathname;
const token = 'marked-github-token';
const real = realCluster();
const namespace = freshNamespace('newcomer');
let folder: string;
/** What the tag v1 has of each action. */
let release: string;
let github: FakeGitHub;

describe('newcomer', () => {
  /** A repository that has a cluster file of this machine's size, the workflows of the documentation, and nothing else. */
  beforeAll(async () => {
    github = await fakeGitHub({ token });
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-newcomer-'));
    release = await mkdtemp(join(tmpdir(), 'kafka-ha-release-'));
    const apps = ['validate', 'plan', 'deploy', 'health', 'local-cluster', 'failover-test'];
    const parts = apps.flatMap((app) => [`apps/${app}/action.yml`, `apps/${app}/dist`]);
    for (const part of [...parts, 'libs/local-cluster/go', 'libs/local-cluster/scripts'])
      await cp(join(root, part), join(release, part), { recursive: true });
    await mkdir(join(folder, '.github/workflows'), { recursive: true });
    const page = await readFile(join(root, 'docs/getting-started.md'), 'utf8');
    for (const [, name = '', text = ''] of page.matchAll(/^`(\w+\.yml)` [^`]*```yaml\n([\s\S]*?)```$/gm))
      await writeFile(join(folder, '.github/workflows', name), text);
    const file = `name: events
namespace: ${namespace}
mode: kraft
ingest: { rate: 20MB/s }
resources: { cpu: 250m }
controllers: { resources: { cpu: 100m } }
storage: { size: 8Gi }
environments:
  local:
    ingest: { compression: 1 }
    objectives: { plannedInterruption: 5s }
`;
    await writeFile(join(folder, 'kafka-ha.yaml'), file);
    await commitAll(folder, 'octo/my-kafka');
  });

  afterAll(async () => {
    await github[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
    await rm(release, { recursive: true });
    await removeNamespace(real, namespace);
  }, 180_000);

  test('the pull request gets the proof as a comment', async () => {
    const payload = { pull_request: { number: 1 } };
    await expectGreen({ event: 'pull_request', workflow: 'validate.yml', payload });
    expect(github.comments.map(({ body }) => body).join()).toContain(`✅ Validate ${namespace}/events: done`);
  });

  test(
    'the pull request is gated by drills on a Kubernetes of its own, which is gone afterwards',
    async () => {
      const before = await listLocalClusters();
      const log = await expectGreen({ event: 'pull_request', workflow: 'failover.yml' });
      expect(log).toContain('::set-output:: verdict=pass');
      expect(log).toMatch(/events-kafka-4 +1\/1 +Running/);
      expect(await listLocalClusters()).toEqual(before);
    },
    20 * 60_000,
  );

  test('merged, it is deployed', async () => {
    const log = await expectGreen({
      event: 'push',
      workflow: 'deploy.yml',
      payload: { ref: 'refs/heads/main' },
    });
    expect(log).toContain('written with acks=all and read back');
  });

  test('the hourly look finds nothing to complain of', async () => {
    await expectGreen({ event: 'schedule', workflow: 'health.yml' });
    expect(github.issues).toEqual([]);
  });

  type Run = Pick<Parameters<typeof runWorkflow>[0], 'event' | 'workflow' | 'payload'>;

  async function expectGreen(run: Run): Promise<string> {
    const result = await runWorkflow({
      ...run,
      folder,
      apiUrl: github.url,
      secrets: { GITHUB_TOKEN: token, KUBECONFIG: await readFile(real.kubeconfigPath, 'utf8') },
      repositories: { 'OWNER/kafka-ha@v1': release },
    });
    expectEnd(result, 'green');
    return result.log;
  }
});
