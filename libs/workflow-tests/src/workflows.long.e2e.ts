import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { expectEnd, runBundle, runWorkflow } from '@kafka-ha/action-kit/testing';
import { cancelAt } from '@kafka-ha/testing';
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

  test('a pull request whose brokers cannot start is red, and its throw-away cluster is gone', async () => {
    await it.writeClusterFile(
      it.example.replace(/^ {2}local:$/m, '$&\n    images: { kafka: "apache/kafka:none" }'),
    );
    const { exitCode, log } = await it.onPullRequest();
    expectEnd({ exitCode, log }, 'red');
    expect(log).toContain('::set-output:: error=pod-failed');
    await expectClusterGone(log);
    expect(it.commentText()).toContain('❌ Deploy kafka/events (local): failed');
  });

  test(
    'the merge queue breaks a throw-away cluster on purpose, and keeps the report',
    async () => {
      await it.writeClusterFile(it.example);
      const { exitCode, log } = await runWorkflow({
        folder: it.repository.folder,
        event: 'merge_group',
        workflow: 'ci.yml',
        job: 'failover',
        apiUrl: it.github.url,
        secrets: { GITHUB_TOKEN: it.token },
      });
      expectEnd({ exitCode, log }, 'green');
      await expectClusterGone(log);
      expect(log).toContain('::set-output:: verdict=pass');
      expect(log).toMatch(/drill-report has \.\/drills\.html/);
    },
    15 * 60_000,
  );

  test('a push to main is planned and deployed to production', async () => {
    await it.writeClusterFile(it.forThisCluster(it.example));
    const { exitCode, log } = await it.inProduction({ event: 'push', workflow: 'deploy.yml' });
    expectEnd({ exitCode, log }, 'green');
    expect(log).toContain('written with acks');
  });

  test('an upgrade that GitHub cancels says where it stopped', async () => {
    await it.writeClusterFile(it.forThisCluster(it.example));
    const stops = /-kafka-\d .* stops$/m;
    const { log, outputs, summary } = await runBundle('upgrade', {
      cwd: it.repository.folder,
      inputs: { environment: 'production', kubeconfig: it.kubeconfig, kafka: '3.9.2' },
      onOutput: cancelAt(stops),
    });
    expect(log).toMatch(stops);
    expect(outputs).toMatchObject({
      result: 'cancelled',
      error: 'aborted',
      'stopped-at': expect.stringMatching(/brokers/),
    });
    expect(summary).toContain('**stopped here');
    await it.writeClusterFile(it.forThisCluster(it.example));
    await it.allPodsReady();
  });

  test('an upgrade goes on where that one stopped, one broker at a time, and is proposed as a change of the file', async () => {
    const upgrade = {
      event: 'workflow_dispatch',
      workflow: 'upgrade.yml',
      inputs: { kafka: '3.9.2' },
    } as const;
    const { exitCode, log } = await it.inProduction(upgrade);
    expectEnd({ exitCode, log }, 'green');
    expect(log).toMatch(/5 brokers ready; restarted (events-kafka-\d,? ){4}/);
    // Proposed against what is committed here, the example, which speaks 3.9 already.
    expect(log).toContain('pull request from kafka-ha/upgrade');
    expect(log).toMatch(/ {3}kafka: 3\.9\.2\s/);
    expect(log).toMatch(/\+ {2}interBrokerProtocol: '3\.8'\s/);
  });

  test('production is scaled by hand: planned, moved, removed, and proposed as a change of the file', async () => {
    // As the pull request of the upgrade has it.
    await it.writeClusterFile(it.forThisCluster(it.example).replace('kafka: 3.8.1', 'kafka: 3.9.2'));
    const { exitCode, log } = await it.inProduction({
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

  test('production is migrated by hand to controllers: planned, copied, rolled, and proposed as a change of the file', async () => {
    const scaled = it
      .forThisCluster(it.example)
      .replace('kafka: 3.8.1', 'kafka: 3.9.2')
      .replace("interBrokerProtocol: '3.8'", "interBrokerProtocol: '3.9'")
      .replace(/^brokers: 5$/m, 'brokers: 4')
      .replace(/^tolerance: 2$/m, 'tolerance: 1');
    await it.writeClusterFile(scaled);
    const deployed = await it.inProduction({ event: 'push', workflow: 'deploy.yml' });
    expectEnd(deployed, 'green');
    const { exitCode, log } = await it.inProduction({
      event: 'workflow_dispatch',
      workflow: 'migrate.yml',
      inputs: { to: 'dual-write' },
    });
    expectEnd({ exitCode, log }, 'green');
    expect(log).toContain('::set-output:: mode=dual-write');
    expect(log).toMatch(/backup has \.\/backup\.json/);
    expect(log).toContain('pull request from kafka-ha/migrate');
    // Of this environment alone.
    expect(log).toMatch(/\+ {4}mode: dual-write\s/);
  });
});
