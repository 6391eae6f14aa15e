import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { waitFor } from '@kafka-ha/base';
import { applyObject, listObjects, podLogs, type KubeObject, type Pod } from '@kafka-ha/kube';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { parse } from 'yaml';
import { loadToolImage } from './load-tool-image.ts';
import { packedCli } from './packed-cli.ts';

jest.setTimeout(300_000);

const name = 'ghcr.io/octo/kafka-ha:1.2.3';
const real = realCluster();
const namespace = freshNamespace('image');
/** As the documentation has it. */
let documented: Job;

describe('image', () => {
  /** The image on the nodes, and in the namespace what an admin puts there: the accounts, and the cluster file. */
  beforeAll(async () => {
    await loadToolImage(real, name);
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-image-'));
    try {
      await using cli = await packedCli();
      await cli.npx(folder, ['init', '--yes', '--no-workflows', '--namespace', namespace]);
      const rendered = await cli.npx(folder, ['render', '--admin', '--json']);
      for (const object of (JSON.parse(rendered) as { items: KubeObject[] }).items) await apply(object);
      await apply({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cluster-file', namespace },
        data: { 'kafka-ha.yaml': await readFile(join(folder, 'kafka-ha.yaml'), 'utf8') },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
    const recipe = new URL('../../../docs/recipes/gitops/deploy-job.yaml', import.meta.url);
    documented = parse(await readFile(recipe, 'utf8')) as Job;
  }, 600_000);

  afterAll(() => removeNamespace(real, namespace), 180_000);

  test("a Job with the deployer's account deploys", async () => {
    const { exitCode, log } = await runJob({ account: 'deployer', command: ['deploy'] });
    expect({ exitCode, log }).toEqual({
      exitCode: 0,
      log: expect.stringContaining('written with acks=all and read back'),
    });
  });

  test('a Job with the account that only reads finds the cluster healthy', async () => {
    const { exitCode, log } = await runJob({ account: 'health', command: ['health', '--json'] });
    expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(log)).toMatchObject({ status: 'healthy', findings: [] });
  });

  test('that account cannot deploy, and its Job fails', async () => {
    const { exitCode, log } = await runJob({ account: 'health', command: ['deploy'] });
    expect({ exitCode, log }).toEqual({ exitCode: 1, log: expect.stringContaining('events-health may not') });
  });

  /** The documented Job, with another account, command and image; its container's exit code, and what it said. */
  async function runJob({ account, command }: { account: 'deployer' | 'health'; command: string[] }) {
    const job = structuredClone(documented);
    const label = [account, ...command].join('').replaceAll('-', '');
    const { spec } = job.spec.template;
    const [container] = spec.containers;
    job.metadata = { name: label, namespace };
    spec.serviceAccountName = `events-${account}`;
    container.image = name;
    const [, ...options] = container.args;
    container.args = [...command, ...options, '--environment', 'local'];
    await apply(job);
    return waitFor(`the Job ${label} to end`, () => endOf(label, container.name), { deadlineMs: 240_000 });
  }

  async function endOf(job: string, container: string) {
    const selection = { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: `job-name=${job}` };
    const [pod] = await listObjects<Pod>(real.kube, selection);
    const status = pod?.status?.containerStatuses?.find((each) => each.name === container);
    const exitCode = status?.state?.terminated?.exitCode;
    if (pod === undefined || exitCode === undefined) return undefined;
    const lines = await podLogs(real.kube, {
      namespace,
      pod: pod.metadata.name,
      container,
      tailLines: 1_000,
    });
    return { exitCode, log: lines.join('\n') };
  }

  function apply(object: KubeObject) {
    return applyObject(real.kube, object, { fieldManager: 'kubectl' });
  }
});

type Job = KubeObject & { spec: { template: { spec: PodSpec } } };
type PodSpec = { serviceAccountName: string; containers: [Container] };
type Container = { name: string; image: string; args: string[] };
