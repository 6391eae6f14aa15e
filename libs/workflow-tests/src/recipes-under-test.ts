import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { kubectlCommand } from '@kafka-ha/local-cluster';
import { freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';

export const root = new URL('../../../', import.meta.url).pathname;
const dist = join(root, 'apps/cli/dist');

export type ShellResult = { exitCode: number | null; output: string };

/** What a recipe leaves to whoever copies it, as it is in a test: a topic more is a change, a key of the brokers one that restarts them. */
export type Change = { topics?: readonly string[]; brokerKeys?: Record<string, string>; brokers?: number };

/**
 * A namespace of the real cluster with the accounts that an admin makes as the documentation says, and a folder with a cluster file, in
 * which the tool's package and kubectl are on the path.
 */
export async function recipesUnderTest() {
  const real = realCluster();
  const namespace = freshNamespace('recipes');
  const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-recipes-'));
  const bin = join(folder, '.bin');
  const tool = [process.execPath, join(dist, 'bin/kafka-ha.mjs')];
  await mkdir(bin);
  await writeProgram(join(bin, 'kafka-ha'), tool);
  await writeProgram(join(bin, 'npx'), ['env']);
  await writeProgram(join(bin, 'kubectl'), await kubectlCommand(real.name));
  // What gitlab-ci-local would need for isolated jobs.
  await writeProgram(join(bin, 'rsync'), ['true']);
  /** Where the documentation has them written. */
  const kubeconfigs = {
    deployer: join(folder, 'deployer.kubeconfig'),
    health: join(folder, 'health.kubeconfig'),
  };
  const path = `${bin}:${process.env['PATH'] ?? ''}`;

  const recipes = {
    real,
    namespace,
    folder,
    kubeconfigs,
    sh,
    expectDone,
    addRecipe,
    writeClusterFile,
    expectCarriedOut,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true });
      await removeNamespace(real, namespace);
    },
  };
  await writeClusterFile({});
  return recipes;

  /** Runs shell lines as a pipeline does, with the deployer's kubeconfig. */
  function sh(script: string, env: Record<string, string> = {}): Promise<ShellResult> {
    const child = spawn('sh', ['-xec', script], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '', PATH: path, KUBECONFIG: kubeconfigs.deployer, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, output }));
    });
  }

  /** The output of what has to end well. */
  async function expectDone(script: string, env: Record<string, string> = {}): Promise<string> {
    const { exitCode, output } = await sh(script, env);
    if (exitCode !== 0) throw new Error(`${script}\nended with ${exitCode}:\n${output.slice(-6_000)}`);
    return output;
  }

  /** Copies a file of docs/recipes under the name that its tool looks for. */
  async function addRecipe(name: string, as = name): Promise<void> {
    await mkdir(dirname(join(folder, as)), { recursive: true });
    await copyFile(join(root, 'docs/recipes', name), join(folder, as));
  }

  async function writeClusterFile(
    { topics = [], brokerKeys = {}, brokers = 3 }: Change,
    as = 'kafka-ha.yaml',
  ): Promise<void> {
    const text = `name: events
namespace: ${namespace}
mode: kraft
brokers: ${brokers}
tolerance: ${(brokers - 1) / 2}
ingest: { rate: 20MB/s }
resources: { cpu: 250m }
controllers: { resources: { cpu: 100m } }
storage: { size: 8Gi }
topics: ${JSON.stringify(['events', ...topics].map((name) => ({ name, partitions: 6 })))}
kafkaConfig: ${JSON.stringify(brokerKeys)}
`;
    await writeFile(join(folder, as), text);
  }

  /** The cluster is what the file says. */
  async function expectCarriedOut(file = 'kafka-ha.yaml'): Promise<void> {
    const { exitCode, output } = await sh(`kafka-ha plan --file ${file}`);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  }
}

export type RecipesUnderTest = Awaited<ReturnType<typeof recipesUnderTest>>;

async function writeProgram(file: string, command: readonly string[]): Promise<void> {
  const words = command.map((word) => `'${word}'`).join(' ');
  await writeFile(file, `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(file, 0o755);
}
