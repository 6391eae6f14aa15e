import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  expectEnd,
  runBundle,
  skipSetup,
  type BundleOptions,
  type BundleResult,
} from '@kafka-ha/action-kit/testing';
import { workflowsUnderTest, type WorkflowsUnderTest } from './workflows-under-test.ts';
import { expectClusterGone } from './throw-away.ts';

/** `npm ci`, a Kubernetes of the workflow's own, a deployment. */
jest.setTimeout(600_000);

let it: WorkflowsUnderTest;

describe('workflows', () => {
  beforeAll(async () => {
    it = await workflowsUnderTest();
  });

  afterAll(() => it[Symbol.asyncDispose](), 180_000);

  test('a pull request is deployed to a throw-away cluster, told, and nothing stays behind', async () => {
    await it.writeClusterFile(it.example);
    const { exitCode, log } = await it.onPullRequest();
    expectEnd({ exitCode, log }, 'green');
    await expectClusterGone(log);
    expect(log).toContain('::set-output:: status=healthy');
    // One comment for the file, one for its environment local, each with what its actions said last.
    expect(it.github.comments).toHaveLength(2);
    expect(it.commentText()).toContain('✅ Validate kafka/events: done');
    expect(it.commentText()).not.toContain('❌');
    expect(it.commentText()).toContain('✅ Deploy kafka/events (local): done');
    expect(it.commentText()).toContain('✅ Health of kafka/events (local): done');
    await skipSetup(it.repository);
  });

  test('a pull request that breaks its promise is red, with the reason on its line', async () => {
    const line = it.example.split('\n').length;
    await it.writeClusterFile(`${it.example}replication: { minInSync: 2 }\n`);
    const { exitCode, log } = await it.onPullRequest();
    expectEnd({ exitCode, log }, 'red');
    expect(log).toMatch(new RegExp(`file=cluster\\.yaml,line=${line},.*min\\.insync\\.replicas 3 or more`));
    expect(log).not.toContain('Start a Kubernetes');
    expect(it.commentText()).toContain('❌ Validate cluster.yaml: failed');
    // What was said of the deployment before stays.
    expect(it.commentText()).toContain('✅ Deploy kafka/events (local): done');
  });

  test('a cluster that is not there yet is told in one issue', async () => {
    await it.writeClusterFile(it.forThisCluster(it.example));
    const { exitCode, log } = await it.onSchedule();
    expectEnd({ exitCode, log }, 'red');
    expect(it.github.issues).toMatchObject([
      { state: 'open', title: `Kafka ${it.namespace}/events is not healthy`, labels: ['kafka-ha'] },
    ]);
  });

  test('of two deployments at once the second is refused; the first, cancelled, says where it stopped', async () => {
    const deploy = (onOutput?: BundleOptions['onOutput']) =>
      runBundle('deploy', {
        cwd: it.repository.folder,
        inputs: { environment: 'production', kubeconfig: it.kubeconfig },
        ...(onOutput && { onOutput }),
      });
    let second: Promise<BundleResult> | undefined;
    const first = await deploy((log, kill) => {
      if (log.includes('Compare with what may change')) second ??= deploy().finally(() => kill('SIGINT'));
    });
    const refused = await second;
    expect(refused).toMatchObject({ exitCode: 1, outputs: { result: 'failed', error: 'lock-held' } });
    expect(refused?.log).toContain('/octo/kafka/actions/runs/4711');
    expect(first).toMatchObject({
      exitCode: 1,
      // Which step that is depends on how long the second takes to be refused.
      outputs: { result: 'cancelled', error: 'aborted', 'stopped-at': expect.stringMatching(/\w/) },
    });
    expect(first.summary).toContain('**stopped here');
    expect(first.summary).toContain('| Write to and read from every partition | not reached |');
  });

  test('a push to main is planned and deployed to production, going on where that one stopped', async () => {
    // What can be told of Kafka must not change between plan and deployment.
    await it.allPodsReady();
    const { exitCode, log } = await it.inProduction({ event: 'push', workflow: 'deploy.yml' });
    expectEnd({ exitCode, log }, 'green');
    expect(log).toContain('written with acks');
  });

  test('once all is well the issue is closed', async () => {
    const { exitCode, log } = await it.onSchedule();
    expectEnd({ exitCode, log }, 'green');
    expect(it.github.issues.map(({ state }) => state)).toEqual(['closed']);
    expect(log).toContain('pull request from kafka-ha/sizes');
  });
});
