import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import {
  copyOfRepository,
  expectEnd,
  fakeGitHub,
  runBundle,
  runWorkflow,
  skipSetup,
  type BundleOptions,
  type BundleResult,
  type FakeGitHub,
  type RepositoryCopy,
} from '@kafka-ha/action-kit/testing';
import { isReady, listObjects, waitFor, type Pod } from '@kafka-ha/kube';
import { listLocalClusters } from '@kafka-ha/local-cluster';
import { cancelAt, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';

/** `npm ci`, a Kubernetes of the workflow's own, a deployment. */
jest.setTimeout(600_000);

const token = 'marked-github-token';
const real = realCluster();
const namespace = freshNamespace('workflows');
let repository: RepositoryCopy;
let github: FakeGitHub;
let example: string;
let kubeconfig: string;

beforeAll(async () => {
  repository = await copyOfRepository();
  github = await fakeGitHub({ token });
  example = await readFile(join(repository.folder, 'cluster.yaml'), 'utf8');
  kubeconfig = await readFile(real.kubeconfigPath, 'utf8');
});

afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
  await removeNamespace(real, namespace);
}, 180_000);

test('a pull request is deployed to a throw-away cluster, told, and nothing stays behind', async () => {
  await writeClusterFile(example);
  const before = await listLocalClusters();
  const { exitCode, log } = await onPullRequest();
  expectEnd({ exitCode, log }, 'green');
  expect(await listLocalClusters()).toEqual(before);
  expect(log).toContain('::set-output:: status=healthy');
  // One comment for the file, one for its environment local, each with what its actions said last.
  expect(github.comments).toHaveLength(2);
  expect(commentText()).toContain('✅ Validate kafka/events: done');
  expect(commentText()).not.toContain('❌');
  expect(commentText()).toContain('✅ Deploy kafka/events (local): done');
  expect(commentText()).toContain('✅ Health of kafka/events (local): done');
  await skipSetup(repository);
});

test('a pull request that breaks its promise is red, with the reason on its line', async () => {
  const line = example.split('\n').length;
  await writeClusterFile(`${example}replication: { minInSync: 2 }\n`);
  const { exitCode, log } = await onPullRequest();
  expectEnd({ exitCode, log }, 'red');
  expect(log).toMatch(new RegExp(`file=cluster\\.yaml,line=${line},.*min\\.insync\\.replicas 3 or more`));
  expect(log).not.toContain('Start a Kubernetes');
  expect(commentText()).toContain('❌ Validate cluster.yaml: failed');
  // What was said of the deployment before stays.
  expect(commentText()).toContain('✅ Deploy kafka/events (local): done');
});

test('a pull request whose brokers cannot start is red, and its throw-away cluster is gone', async () => {
  await writeClusterFile(example.replace(/^ {2}local:$/m, '$&\n    images: { kafka: "apache/kafka:none" }'));
  const before = await listLocalClusters();
  const { exitCode, log } = await onPullRequest();
  expectEnd({ exitCode, log }, 'red');
  expect(log).toContain('::set-output:: error=pod-failed');
  expect(await listLocalClusters()).toEqual(before);
  expect(commentText()).toContain('❌ Deploy kafka/events (local): failed');
});

test(
  'the merge queue breaks a throw-away cluster on purpose, and keeps the report',
  async () => {
    await writeClusterFile(example);
    const before = await listLocalClusters();
    const { exitCode, log } = await runWorkflow({
      folder: repository.folder,
      event: 'merge_group',
      workflow: 'ci.yml',
      job: 'failover',
      apiUrl: github.url,
      secrets: { GITHUB_TOKEN: token },
    });
    expectEnd({ exitCode, log }, 'green');
    expect(await listLocalClusters()).toEqual(before);
    expect(log).toContain('::set-output:: verdict=pass');
    expect(log).toMatch(/drill-report has \.\/drills\.html/);
  },
  15 * 60_000,
);

test('a cluster that is not there yet is told in one issue', async () => {
  await writeClusterFile(forThisCluster(example));
  const { exitCode, log } = await onSchedule();
  expectEnd({ exitCode, log }, 'red');
  expect(github.issues).toMatchObject([
    { state: 'open', title: `Kafka ${namespace}/events is not healthy`, labels: ['kafka-ha'] },
  ]);
});

test('of two deployments at once the second is refused; the first, cancelled, says where it stopped', async () => {
  const deploy = (onOutput?: BundleOptions['onOutput']) =>
    runBundle('deploy', {
      cwd: repository.folder,
      inputs: { environment: 'production', kubeconfig },
      ...(onOutput && { onOutput }),
    });
  let second: Promise<BundleResult> | undefined;
  const first = await deploy((log, kill) => {
    if (log.includes('Bring ZooKeeper up')) second ??= deploy().finally(() => kill('SIGINT'));
  });
  const refused = await second;
  expect(refused).toMatchObject({ exitCode: 1, outputs: { result: 'failed', error: 'lock-held' } });
  expect(refused?.log).toContain('/octo/kafka/actions/runs/4711');
  expect(first).toMatchObject({
    exitCode: 1,
    outputs: { result: 'cancelled', error: 'aborted', 'stopped-at': expect.stringMatching(/^Bring /) },
  });
  expect(first.summary).toContain('**stopped here');
  expect(first.summary).toContain('| Write to and read from every partition | not reached |');
});

test('a push to main is planned and deployed to production, going on where that one stopped', async () => {
  // What can be told of Kafka must not change between plan and deployment.
  await allPodsReady();
  const { exitCode, log } = await inProduction({ event: 'push', workflow: 'deploy.yml' });
  expectEnd({ exitCode, log }, 'green');
  expect(log).toContain('written with acks');
});

test('an upgrade that GitHub cancels says where it stopped', async () => {
  await writeClusterFile(forThisCluster(example));
  const stops = /-kafka-\d .* stops$/m;
  const { log, outputs, summary } = await runBundle('upgrade', {
    cwd: repository.folder,
    inputs: { environment: 'production', kubeconfig, kafka: '3.9.2' },
    onOutput: cancelAt(stops),
  });
  expect(log).toMatch(stops);
  expect(outputs).toMatchObject({
    result: 'cancelled',
    error: 'aborted',
    'stopped-at': expect.stringMatching(/brokers/),
  });
  expect(summary).toContain('**stopped here');
  await writeClusterFile(forThisCluster(example));
  await allPodsReady();
});

test('an upgrade goes on where that one stopped, one broker at a time, and is proposed as a change of the file', async () => {
  const upgrade = {
    event: 'workflow_dispatch',
    workflow: 'upgrade.yml',
    inputs: { kafka: '3.9.2' },
  } as const;
  const { exitCode, log } = await inProduction(upgrade);
  expectEnd({ exitCode, log }, 'green');
  expect(log).toMatch(/5 brokers ready; restarted (events-kafka-\d,? ){4}/);
  // Proposed against what is committed here, the example, which speaks 3.9 already.
  expect(log).toContain('pull request from kafka-ha/upgrade');
  expect(log).toMatch(/ {3}kafka: 3\.9\.2\s/);
  expect(log).toMatch(/\+ {2}interBrokerProtocol: '3\.8'\s/);
});

test('once all is well the issue is closed', async () => {
  const { exitCode, log } = await onSchedule();
  expectEnd({ exitCode, log }, 'green');
  expect(github.issues.map(({ state }) => state)).toEqual(['closed']);
  expect(log).toContain('pull request from kafka-ha/sizes');
});

test('production is scaled by hand: planned, moved, removed, and proposed as a change of the file', async () => {
  const { exitCode, log } = await inProduction({
    event: 'workflow_dispatch',
    workflow: 'scale.yml',
    inputs: { brokers: '4', tolerance: '1' },
  });
  expectEnd({ exitCode, log }, 'green');
  expect(log).toContain('::set-output:: brokers=4');
  expect(log).toMatch(/broker 4 held nothing/);
  expect(log).toContain('pull request from kafka-ha/scale');
  expect(log).toMatch(/\+ .*brokers: 4/);
});

function onPullRequest() {
  return runWorkflow({
    folder: repository.folder,
    event: 'pull_request',
    workflow: 'ci.yml',
    job: 'deploy',
    payload: { pull_request: { number: 5 } },
    apiUrl: github.url,
    secrets: { GITHUB_TOKEN: token },
  });
}

function onSchedule() {
  return inProduction({ event: 'schedule', workflow: 'health.yml' });
}

type ProductionRun = {
  event: 'push' | 'schedule' | 'workflow_dispatch';
  workflow: string;
  inputs?: Record<string, string>;
};

async function inProduction({ inputs = {}, ...run }: ProductionRun) {
  const result = await runWorkflow({
    ...run,
    folder: repository.folder,
    payload: { ref: 'refs/heads/main', inputs },
    apiUrl: github.url,
    secrets: { GITHUB_TOKEN: token, KUBECONFIG: kubeconfig },
    variables: { KAFKA_HA_PRODUCTION: 'true' },
  });
  const [, key] = /client-key-data: (\S+)/.exec(kubeconfig) ?? [];
  expect(key).toEqual(expect.any(String));
  expect(result.log).not.toContain(key);
  expect(result.log).not.toContain(token);
  return result;
}

function allPodsReady(): Promise<boolean> {
  return waitFor(
    'all pods to be ready',
    async (signal) => {
      const pods = await listObjects<Pod>(
        real.kube,
        { apiVersion: 'v1', kind: 'Pod', namespace },
        { signal },
      );
      return pods.length === 8 && pods.every(isReady);
    },
    { deadlineMs: 120_000 },
  );
}

/** Production as this machine can hold it, on an older Kafka. */
function forThisCluster(text: string): string {
  const [, local] = /^ {2}local:\n((?: {4}.*\n)+)/m.exec(text) ?? [];
  return text
    .replace(/^namespace: .*$/m, `namespace: ${namespace}`)
    .replace('kafka: 3.9.2', 'kafka: 3.8.1')
    .replace("interBrokerProtocol: '3.9'", "interBrokerProtocol: '3.8'")
    .replace(/^ {2}production:\n(?: {4}.*\n)+/m, `  production:\n${local}`);
}

async function writeClusterFile(text: string): Promise<void> {
  await writeFile(join(repository.folder, 'cluster.yaml'), text);
}

function commentText(): string {
  return github.comments.map(({ body }) => body).join('\n');
}
