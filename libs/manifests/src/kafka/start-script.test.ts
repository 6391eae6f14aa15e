import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { kafkaStartScript } from './start-script.ts';

/** The script runs for real, in a folder that stands for the container's root, with doubles of what it calls. */
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'start-script-'));
  await file('/etc/kafka-ha/server.properties', 'restart=1\n');
  await file('/etc/kafka-ha/dynamic.properties', 'dynamic=1\n');
  await file('/opt/kafka/libs/b.jar');
  await file('/opt/kafka/libs/a.jar');
  await file('/opt/kafka/libs/connect-file-3.9.2.jar');
  await file('/tmp/left-over');
  await program('java', 'echo "java $*"');
  await program('sleep', 'echo "slept $1"');
  await program('nc', 'echo "Mode: follower"');
});

afterEach(() => rm(root, { recursive: true }));

const cluster = { name: 'events', namespace: 'streams' };

test('a broker is told its id, its addresses and its zone, after the settings of all', async () => {
  await start({ ZONE: 'zone-a' });
  expect(await readFile(`${root}/tmp/server.properties`, 'utf8')).toBe(`restart=1
dynamic=1
broker.id=12
advertised.listeners=CLIENT://events-kafka-12.streams.svc:9092,REPLICATION://events-kafka-12.events-kafka-headless.streams.svc:9091,CONTROL://events-kafka-12.events-kafka-headless.streams.svc:9090
broker.rack=zone-a
`);
});

test('without a zone there is no rack', async () => {
  await start({ ZONE: '' });
  expect(await readFile(`${root}/tmp/server.properties`, 'utf8')).not.toContain('broker.rack');
});

test('the JVM gets its arguments, and a class path in the order of the archive', async () => {
  const { stdout } = await start();
  expect(stdout).toBe('java -cp /opt/kafka/libs/a.jar:/opt/kafka/libs/b.jar -Xmx1m kafka.Kafka\n');
});

test("the image's class-data archive is used where there is one", async () => {
  await file('/opt/kafka/kafka.jsa');
  const { stdout } = await start();
  expect(stdout).toContain(' -XX:SharedArchiveFile=/opt/kafka/kafka.jsa -Xmx1m kafka.Kafka');
});

test('a broker that was stopped cleanly, or never ran, starts at once', async () => {
  expect((await start()).stdout).not.toContain('slept');
  await file('/data/kafka/.lock');
  await file('/data/kafka/.kafka_cleanshutdown');
  expect((await start()).stdout).not.toContain('slept');
});

test('a broker that was killed waits until its old session is over, and says so', async () => {
  await file('/data/kafka/.lock');
  const { stdout } = await start();
  expect(stdout).toMatch(/^kafka-ha: not shut down cleanly: waiting 8 s .*\n(slept 1\n){8}java /);
});

test('a broker waits for ZooKeeper: for a server that serves, not for one that answers', async () => {
  await program(
    'nc',
    `echo x >> ${root}/asked; if [ $(wc -l < ${root}/asked) -gt 2 ]; then echo "Mode: leader"; else echo "not currently serving"; fi`,
  );
  const { stdout } = await start();
  expect(stdout).toMatch(/^kafka-ha: waiting for ZooKeeper\nslept 1\njava /);
});

test('what a killed JVM left in the scratch folder goes, and the id of the new one is there', async () => {
  await start();
  await expect(readFile(`${root}/tmp/left-over`)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readFile(`${root}/tmp/jvm.pid`, 'utf8')).toMatch(/^\d+\n$/);
});

async function start(environment: { ZONE?: string } = {}): Promise<{ stdout: string }> {
  const script = kafkaStartScript(aSpec(cluster)).replace(/\/(tmp|data|etc|opt)\//g, `${root}$&`);
  await file('/start.sh', script);
  const env = {
    POD_NAME: 'events-kafka-12',
    ZONE: '',
    ...environment,
    PATH: `${root}/bin:${process.env['PATH']}`,
  };
  const { stdout } = await promisify(execFile)('sh', [`${root}/start.sh`, '-Xmx1m', 'kafka.Kafka'], { env });
  return { stdout: stdout.replaceAll(root, '') };
}

async function program(name: string, body: string): Promise<void> {
  await file(`/bin/${name}`, `#!/bin/sh\n${body}\n`, 0o755);
}

async function file(path: string, text = '', mode = 0o644): Promise<void> {
  await mkdir(dirname(root + path), { recursive: true });
  await writeFile(root + path, text, { mode });
}
