import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { toProperties } from '../properties.ts';
import { kafkaConfigOf } from './kafka-config.ts';
import { kafkaStartScript } from './start-script.ts';

/** The script runs for real, in a folder that stands for the container's root, with doubles of what it calls. */
let root: string;

describe('start script', () => {
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'start-script-'));
    await file('/etc/kafka-ha/server.properties', 'restart=1\n');
    await file('/etc/kafka-ha/dynamic.properties', 'log.cleaner.threads=2\n');
    await file('/opt/kafka/libs/b.jar');
    await file('/opt/kafka/libs/a.jar');
    await file('/opt/kafka/libs/connect-file-3.9.2.jar');
    await file('/tmp/left-over');
    await program('java', `echo "java $*"; ${stopsCleanly()}`);
    await program('sleep', 'case $1 in 0.*) exec /bin/sleep "$1" ;; *) echo "slept $1" ;; esac');
    await program('nc', 'echo "Mode: follower"');
  });

  afterEach(() => rm(root, { recursive: true }));

  const cluster = { name: 'events', namespace: 'streams' };

  test('a broker is told its id, its addresses and its zone, after the settings of all', async () => {
    await start({ ZONE: 'zone-a' });
    expect(await readFile(`${root}/tmp/server.properties`, 'utf8')).toBe(`restart=1
log.cleaner.threads=2
broker.id=12
advertised.listeners=CLIENT://events-kafka-12.streams.svc:9092,REPLICATION://events-kafka-12.events-kafka-headless.streams.svc:9091,CONTROL://events-kafka-12.events-kafka-headless.streams.svc:9090
broker.rack=zone-a
`);
  });

  test('of the ConfigMap a broker takes what it could be told while it runs, and nothing else', async () => {
    const dynamic = toProperties(kafkaConfigOf(aSpec(cluster)).dynamic);
    await file(
      '/etc/kafka-ha/dynamic.properties',
      [
        dynamic,
        'listeners=CLIENT://:6666\n',
        ' log.dirs=/tmp\n',
        'log.retention.ms:1\n',
        'num.io.threads=8\rlisteners=CLIENT://:6666\n',
        'log.cleaner.threads=1\\\n',
        'listeners=CLIENT://:6666\n',
        '\\u006cisteners=CLIENT://:6666\n',
        'x$(echo listeners=y)`echo z`\n',
        'message.max.bytes=1000',
      ].join(''),
    );
    const { stderr } = await start({ ZONE: '' });
    const taken = await readFile(`${root}/tmp/server.properties`, 'utf8');
    expect(taken.split('broker.id')[0]).toBe(`restart=1\n${dynamic}message.max.bytes=1000\n`);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'kafka-ha: left out of dynamic.properties: listeners',
      'kafka-ha: left out of dynamic.properties: ',
    ]);
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

  const session = '010000035dbe5003';
  // What java.util.Random(id ^ 0xB3415C00) gives for it.
  const password = '81dea1bdc154b8f02bf001aafe75d8ad';

  test('a broker that was killed ends the session that its registration belongs to, and starts', async () => {
    await file('/data/kafka/.lock');
    await zookeeperAnswers([registeredBy(session), '', notRegistered]);
    const { stdout } = await start();
    expect(stdout).toMatch(
      new RegExp(`^kafka-ha: ending the ZooKeeper session 0x${session} of the JVM that died here\njava `),
    );
    const [whose, end] = await requests();
    const path = Buffer.from('/kafka/brokers/ids/12');
    // ConnectRequest of no session; `exists` (3) of the path without a watch; `closeSession` (-11).
    expect(whose).toBe(
      [
        '0000002d00000000000000000000000000001770000000000000000000000010' + '00'.repeat(17),
        `000000220000000100000003000000${path.length.toString(16)}${path.toString('hex')}00`,
        '0000000800000002fffffff5',
      ].join(''),
    );
    // The same of that session, with its password, and its end.
    expect(end).toBe(
      `0000002d00000000000000000000000000001770${session}00000010${password}000000000800000002fffffff5`,
    );
  });

  test("Alpine's nc, which waits for the end of its input as well, is not waited for", async () => {
    await file('/data/kafka/.lock');
    await zookeeperAnswers(
      [registeredBy(session) + closed, connected + closed, notRegistered + closed],
      'cat > /dev/null',
    );
    await program('timeout', `/usr/bin/timeout "$@" || echo "$? $*" >> ${root}/cut-short`);
    expect((await start()).stdout).toMatch(/^kafka-ha: ending the ZooKeeper session \S+ of .*\njava /);
    await expect(readFile(`${root}/cut-short`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test("Alpine's nc is not waited for where the session has expired meanwhile either", async () => {
    await file('/data/kafka/.lock');
    await zookeeperAnswers(
      [registeredBy(session) + closed, expired, notRegistered + closed],
      'cat > /dev/null',
    );
    await program('timeout', `/usr/bin/timeout "$@" || echo "$? $*" >> ${root}/cut-short`);
    expect((await start()).stdout).toMatch(/\njava /);
    await expect(readFile(`${root}/cut-short`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a broker that was killed and whose session is over starts at once', async () => {
    await file('/data/kafka/.lock');
    await zookeeperAnswers([notRegistered]);
    expect((await start()).stdout).toMatch(/^java /);
  });

  test('where the session cannot be ended it is waited out', async () => {
    await file('/data/kafka/.lock');
    await zookeeperAnswers([]);
    const { stdout } = await start();
    expect(stdout).toMatch(/^(slept 1\n){7}java /);
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

  test('a JVM that dies has its session ended at once, and the container ends as it did', async () => {
    await program('java', `echo "java $*"; touch ${root}/data/kafka/.lock; kill -9 $$`);
    await zookeeperAnswers([registeredBy(session), '', notRegistered]);
    await expect(start()).rejects.toMatchObject({
      code: 137,
      stdout: expect.stringMatching(
        new RegExp(
          `^java .*\nkafka-ha: the JVM was killed\nkafka-ha: ending the ZooKeeper session 0x${session} of the JVM that died here\n$`,
        ),
      ),
    });
  });

  test.each([
    ['/sys/fs/cgroup/memory.events', 'low 0\noom 1\noom_kill 1\n'],
    ['/sys/fs/cgroup/memory/memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n'],
  ])('that it ran out of memory is told where %s counts it', async (path, text) => {
    await program('java', `touch ${root}/data/kafka/.lock; kill -9 $$`);
    await file(path, text);
    await zookeeperAnswers([registeredBy(session), '', notRegistered]);
    await expect(start()).rejects.toMatchObject({
      stdout: expect.stringContaining(
        'kafka-ha: the JVM was killed, because the container ran out of memory\n',
      ),
    });
  });

  test('a JVM that ended because its volume is full is told so, and one with room is not', async () => {
    await program('java', 'exit 1');
    const fails = (free: number) =>
      program(
        'df',
        `echo Filesystem 1024-blocks; echo "/dev/loop3     1016504  1000000      ${free} 99% /data"`,
      );
    await fails(0);
    await expect(start()).rejects.toMatchObject({
      stdout: expect.stringMatching(/^kafka-ha: the volume is full: .*storage\.size/),
    });
    await fails(1024);
    await expect(start()).rejects.toMatchObject({ stdout: '' });
    await program('df', 'exit 1');
    await expect(start()).rejects.toMatchObject({ stdout: '' });
  });

  test('a JVM that is told to stop has the time that it takes, and nobody ends its session', async () => {
    const body = `trap 'echo stopping; /bin/sleep 0.5; ${stopsCleanly()}; exit 143' TERM
touch ${root}/data/kafka/.lock
kill -TERM $PPID
while :; do /bin/sleep 0.05; done`;
    await program('java', body);
    await expect(start()).rejects.toMatchObject({ code: 143, stdout: 'stopping\n' });
  });

  async function start(environment: { ZONE?: string } = {}): Promise<{ stdout: string; stderr: string }> {
    const script = kafkaStartScript(aSpec(cluster)).replace(/\/(tmp|data|etc|opt|sys)\//g, `${root}$&`);
    await file('/start.sh', script);
    const env = {
      POD_NAME: 'events-kafka-12',
      ZONE: '',
      ...environment,
      PATH: `${root}/bin:${process.env['PATH']}`,
    };
    const command = [`${root}/start.sh`, '-Xmx1m', 'kafka.Kafka'];
    const { stdout, stderr } = await promisify(execFile)('sh', command, { env });
    return { stdout: stdout.replaceAll(root, ''), stderr };
  }

  /** What a broker leaves that has closed its logs. */
  function stopsCleanly(): string {
    return `touch ${root}/data/kafka/.kafka_cleanshutdown`;
  }

  const connected = `000000250000000000001770${'00'.repeat(29)}`;
  /** To whom the server will not have back: a timeout of 0. */
  const expired = `00000025${'00'.repeat(37)}`;
  /** The answer to `closeSession`. */
  const closed = `0000001000000002${'00'.repeat(12)}`;
  const notRegistered = `${connected}0000001000000001${'00'.repeat(8)}ffffff9b`;

  /** The answer to `exists`: of its Stat only the owner of the session counts. */
  function registeredBy(owner: string): string {
    return `${connected}0000005400000001${'00'.repeat(12)}${'11'.repeat(44)}${owner}${'22'.repeat(16)}`;
  }

  /**
   * A server that serves, and gives these answers, in hexadecimal digits, to what is asked in its own protocol, and what `nc`
   * does when the server has closed the connection.
   */
  async function zookeeperAnswers(answers: readonly string[], afterwards = 'exit'): Promise<void> {
    for (const [index, answer] of answers.entries())
      await file(`/answers/${index + 1}`, Buffer.from(answer, 'hex'));
    await program(
      'nc',
      `asked=$(dd bs=4096 count=1 2> /dev/null | od -An -v -tx1 | tr -d ' \\n')
if [ "$asked" = 737276720a ]; then echo 'Mode: follower'; exit; fi
echo "$asked" >> ${root}/requests
cat ${root}/answers/$(wc -l < ${root}/requests) 2> /dev/null
${afterwards}`,
    );
  }

  async function requests(): Promise<string[]> {
    return (await readFile(`${root}/requests`, 'utf8')).trim().split('\n');
  }

  async function program(name: string, body: string): Promise<void> {
    await file(`/bin/${name}`, `#!/bin/sh\n${body}\n`, 0o755);
  }

  async function file(path: string, text: string | Buffer = '', mode = 0o644): Promise<void> {
    await mkdir(dirname(root + path), { recursive: true });
    await writeFile(root + path, text, { mode });
  }
});
