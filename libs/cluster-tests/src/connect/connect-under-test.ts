import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from '@jest/globals';
import type { FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits } from '@kafka-ha/config';
import { applyObject, getObject } from '@kafka-ha/kube';
import { kubectlCommand } from '@kafka-ha/local-cluster';
import { connectImage, loadImages, postgresImage } from '@kafka-ha/local-cluster/testing';
import { fieldManager } from '@kafka-ha/manifests';
import { deploy } from '@kafka-ha/operations';
import { drain, exampleSpec, localClusterOf, realCluster, removeNamespace } from '@kafka-ha/testing';
import { deployerOf } from '../example/example.ts';
import { databaseIn, databaseObjects, grant, login } from './database.ts';

const minute = 60_000;
const { signal } = new AbortController();

/** Those of the example, whose files are applied as they are. */
const namespaces = { kafka: 'kafka', connect: 'connect' };
const postgres = 'kafka-ha.local/postgres:debian';

/**
 * The example `docs/examples/connect` for the tests of a file, done as `docs/connect.md` says, with three brokers and a PostgreSQL.
 * Its namespaces must not be there before: they would be somebody else's.
 */
export function connectUnderTest() {
  const real = realCluster();
  const cluster = {} as FencedCluster;
  const database = databaseIn(real.kube, namespaces.connect);
  const made: string[] = [];

  beforeAll(async () => {
    for (const name of Object.values(namespaces))
      if (await getObject(real.kube, { apiVersion: 'v1', kind: 'Namespace', name }))
        throw new Error(`The namespace ${name} is there already. This test makes it.`);
    Object.assign(cluster, await clusterWithTopics());
    await startDatabase();
    await deployKafka();
    await deployConnect();
  }, 10 * minute);

  afterAll(async () => {
    for (const namespace of made) await removeNamespace(real, namespace);
  }, 5 * minute);

  return { cluster, database, restartConnect };

  /** With the topic of what is put aside. */
  async function clusterWithTopics(): Promise<FencedCluster> {
    const edits = brokerEdits({ brokers: 3, tolerance: 1 });
    const spec = await exampleSpec(namespaces.kafka, edits, 'cluster.kraft.yaml');
    const [events] = spec.topics;
    const rejected = {
      ...events!,
      name: 'events-rejected',
      partitions: 1,
      config: { 'retention.bytes': '104857600' },
    };
    const topics = [events!, rejected];
    return { kube: real.kube, spec: { ...spec, topics }, signal };
  }

  async function startDatabase(): Promise<void> {
    const local = await localClusterOf(real);
    const [manifest, containerfile] = await Promise.all(['connect.yaml', 'Containerfile'].map(readExample));
    const connect = connectImage(valueIn(manifest, /image: (\S+)/), {
      kafka: valueIn(containerfile, /FROM docker\.io\/apache\/kafka:(\S+)/),
      plugin: valueIn(containerfile, /-Dartifact=(\S+)/),
    });
    const [, ...workers] = local.nodes;
    await loadImages(local, { images: [connect, postgresImage(postgres)], nodes: workers, signal });
    made.push(namespaces.connect);
    await kubectl('create', 'namespace', namespaces.connect);
    for (const object of databaseObjects({ namespace: namespaces.connect, image: postgres }))
      await applyObject(real.kube, object, { fieldManager, signal });
    await inConnect('wait', 'pod/postgres', '--for=condition=Ready', '--timeout=120s');
    await database.ask(await readExample('events.sql'));
    await database.ask(grant);
  }

  async function deployKafka(): Promise<void> {
    made.push(namespaces.kafka);
    const kube = await deployerOf(real, cluster.spec);
    await drain(deploy({ ...cluster, kube }, { actor: { holder: 'test' } }));
  }

  /** With the commands of the documentation. */
  async function deployConnect(): Promise<void> {
    const url = `jdbc:postgresql://postgres.${namespaces.connect}.svc:5432/${login.database}`;
    const values = { url, username: login.username, password: login.password };
    const literals = Object.entries(values).map(([key, value]) => `--from-literal=${key}=${value}`);
    await inConnect('create', 'secret', 'generic', 'events-database', ...literals);
    await kubectl('apply', '--filename', examplePath('connect.yaml'));
    try {
      await inConnect('rollout', 'status', 'deployment/events-to-postgres', '--timeout=240s');
    } catch (error) {
      console.info(await inConnect('logs', '--selector=app=events-to-postgres', '--tail=40'));
      throw error;
    }
  }

  /** As after a change of its settings. */
  async function restartConnect(): Promise<void> {
    await inConnect('rollout', 'restart', 'deployment/events-to-postgres');
    await inConnect('rollout', 'status', 'deployment/events-to-postgres', '--timeout=240s');
  }

  function inConnect(...args: string[]): Promise<string> {
    return kubectl('--namespace', namespaces.connect, ...args);
  }

  async function kubectl(...args: string[]): Promise<string> {
    const [program, ...first] = await kubectlCommand(real.name);
    return (await promisify(execFile)(program, [...first, ...args])).stdout;
  }
}

function examplePath(name: string): string {
  return fileURLToPath(new URL(`../../../../docs/examples/connect/${name}`, import.meta.url));
}

function readExample(name: string): Promise<string> {
  return readFile(examplePath(name), 'utf8');
}

function valueIn(text = '', pattern: RegExp): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) throw new Error(`nothing there is like ${String(pattern)}`);
  return value;
}
