import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { copyOfRepository, fakeGitHub, runWorkflow } from '@kafka-ha/action-kit/testing';
import { isReady, listObjects, type Pod } from '@kafka-ha/kube';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';

const token = 'marked-github-token';

type ProductionRun = {
  event: 'push' | 'schedule' | 'workflow_dispatch';
  workflow: string;
  inputs?: Record<string, string>;
};

/** A copy of this repository with a GitHub of its own, whose production is a namespace of the real cluster. */
export async function workflowsUnderTest() {
  const real = realCluster();
  const namespace = freshNamespace('workflows');
  const repository = await copyOfRepository();
  const github = await fakeGitHub({ token });
  const example = await readFile(join(repository.folder, 'cluster.yaml'), 'utf8');
  const kubeconfig = await readFile(real.kubeconfigPath, 'utf8');

  return {
    namespace,
    repository,
    github,
    example,
    kubeconfig,
    token,
    onPullRequest,
    onSchedule,
    inProduction,
    allPodsReady,
    forThisCluster,
    writeClusterFile,
    commentText,
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await repository[Symbol.asyncDispose]();
      await removeNamespace(real, namespace);
    },
  };

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
}

export type WorkflowsUnderTest = Awaited<ReturnType<typeof workflowsUnderTest>>;
