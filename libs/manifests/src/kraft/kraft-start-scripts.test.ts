import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { kafkaStartScript } from '../kafka/start-script.ts';
import { controllerStartScript } from './controller-stateful-set.ts';

/** The scripts run for real, in a folder that stands for the container's root, with doubles of what they call. */
let root: string;

describe('kraft start scripts', () => {
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kraft-start-script-'));
    await file('/etc/kafka-ha/server.properties', 'restart=1\n');
    await file('/etc/kafka-ha/dynamic.properties', 'log.cleaner.threads=2\n');
    await file('/etc/kafka-ha/cluster-id', '-bcdefghijklmnopqrstuA');
    await file('/etc/kafka-ha/metadata-release', '4.3');
    await file('/opt/kafka/libs/a.jar');
    await file('/tmp/left-over');
    await program(
      'java',
      `echo "java $*"; case "$*" in *kafka.Kafka*) touch ${root}/data/kafka/.kafka_cleanshutdown ;; esac`,
    );
    await program('sleep', 'case $1 in 0.*) exec /bin/sleep "$1" ;; *) echo "slept $1" ;; esac');
    await program('nc', `echo "nc $*" >> ${root}/asked; cat > /dev/null`);
  });

  afterEach(() => rm(root, { recursive: true }));

  const spec = aSpec({ name: 'events', namespace: 'streams', mode: 'kraft' });
  const format =
    'java -cp /opt/kafka/libs/a.jar -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format -t=-bcdefghijklmnopqrstuA -r=4.3 -g -c=/tmp/server.properties\n';
  const kafka = 'java -cp /opt/kafka/libs/a.jar -Xmx1m kafka.Kafka\n';

  test('a controller has an id beyond those of the brokers, and says where it is', async () => {
    await start('controller');
    expect(await readFile(`${root}/tmp/server.properties`, 'utf8')).toBe(`restart=1
node.id=1002
advertised.listeners=CONTROLLER://events-controller-2.events-controller-headless.streams.svc:9093
`);
  });

  test('a broker has no listener for the controllers', async () => {
    await start('broker');
    expect(await readFile(`${root}/tmp/server.properties`, 'utf8')).toBe(`restart=1
log.cleaner.threads=2
node.id=12
advertised.listeners=CLIENT://events-kafka-12.streams.svc:9092,REPLICATION://events-kafka-12.events-kafka-headless.streams.svc:9091
`);
  });

  test.each(['broker', 'controller'] as const)('an empty volume of a %s is formatted', async (who) => {
    expect(await start(who)).toBe(`kafka-ha: formatting the volume\n${format}${kafka}`);
    await file('/opt/kafka/storage.jsa');
    expect(await start(who)).toContain('a.jar -XX:SharedArchiveFile=/opt/kafka/storage.jsa -Xmx64m');
  });

  test('at the first start of a cluster a broker lets the controllers come up', async () => {
    await program(
      'nc',
      `grep -q slept ${root}/slept && [ "$3" = events-controller-1.events-controller-headless.streams.svc ]`,
    );
    await program('sleep', `echo "slept $1" | tee ${root}/slept`);
    expect(await start('broker')).toBe(
      `kafka-ha: waiting for a controller\nslept 1\nkafka-ha: formatting the volume\n${format}${kafka}`,
    );
  });

  test('a broker does not wait for controllers for ever', async () => {
    await program('nc', 'exit 1');
    const said = await start('broker');
    expect(said.match(/slept 1/g)).toHaveLength(60);
    expect(said).toContain(`kafka-ha: formatting the volume\n${format}${kafka}`);
  });

  test.each(['broker', 'controller'] as const)('a volume of a %s is formatted once', async (who) => {
    await file('/data/kafka/meta.properties');
    expect(await start(who)).toBe(kafka);
  });

  test('a controller that cannot be formatted does not start', async () => {
    await program('java', 'echo "java $*"; exit 1');
    await expect(start('controller')).rejects.toMatchObject({
      stdout: expect.not.stringContaining('kafka.Kafka'),
    });
  });

  test("once the quorum has formed, a controller's empty volume waits until its pod is named", async () => {
    await file('/etc/kafka-ha/formed', 'true');
    await file('/etc/kafka-ha/format', 'events-controller-1');
    const config = `${root}/etc/kafka-ha`;
    await program('sleep', `echo "slept $1"; printf events-controller-2 > ${config}/format`);
    expect(await start('controller')).toMatch(
      /^kafka-ha: the volume is empty, and the quorum has formed: .*\nslept 2\nkafka-ha: formatting the volume\n/,
    );
  });

  test('a controller that nobody names ends, and its exit code says why', async () => {
    await file('/etc/kafka-ha/formed', 'true');
    await expect(start('controller')).rejects.toMatchObject({
      code: 78,
      stdout: expect.stringMatching(/formatted by kafka-ha rebuild --controller 2, .*\n(slept 2\n){5}$/),
    });
  });

  test("a broker's empty volume is formatted then, too: others have what it held", async () => {
    await file('/etc/kafka-ha/formed', 'true');
    expect(await start('broker')).toBe(`kafka-ha: formatting the volume\n${format}${kafka}`);
  });

  test.each(['broker', 'controller'] as const)(
    'a %s of a cluster that came from ZooKeeper is formatted with the id that it had there',
    async (who) => {
      await file('/etc/kafka-ha/zookeeper-cluster-id', 'abcdefghijklmnopqrstuw');
      expect(await start(who)).toContain('StorageTool format -t=abcdefghijklmnopqrstuw -r=4.3');
    },
  );

  test("while a cluster can go back to ZooKeeper, a broker's empty volume is marked such as a broker takes there", async () => {
    await file('/etc/kafka-ha/zookeeper-cluster-id', 'abcdefghijklmnopqrstuw');
    await file('/etc/kafka-ha/migrating-since', '2026-11-30T00:00:00Z');
    expect(await start('broker')).toBe(`kafka-ha: marking the empty volume\n${kafka}`);
    expect(await readFile(`${root}/data/kafka/meta.properties`, 'utf8')).toBe(
      'version=0\nbroker.id=12\ncluster.id=abcdefghijklmnopqrstuw\n',
    );
  });

  test('a controller that is to take over from ZooKeeper is never formatted with another id than its', async () => {
    const migrating = aSpec({ name: 'events', namespace: 'streams', mode: 'migrating' });
    await expect(start('controller', migrating)).rejects.toMatchObject({ code: 78 });
    await file('/etc/kafka-ha/zookeeper-cluster-id', 'abcdefghijklmnopqrstuw');
    expect(await start('controller', migrating)).toContain('-t=abcdefghijklmnopqrstuw');
  });

  const died = [
    '[BrokerLifecycleManager id=12] Unable to register',
    '[BrokerLifecycleManager id=12] Successfully registered broker 12 with broker epoch 4294967301',
    '[BrokerLifecycleManager id=12] The broker has been unfenced. Transitioning from RECOVERY to RUNNING.\n',
  ].join('\n');

  async function hasDied(): Promise<void> {
    await file('/data/kafka/meta.properties');
    await file('/data/kafka/.lock');
    await file('/data/registration.log', died);
  }

  test('a broker that was killed has its former self fenced by the active controller, and starts', async () => {
    await hasDied();
    await controllersAnswer([error(41), error(0)]);
    expect(await start('broker')).toBe(
      `kafka-ha: having the JVM that died here fenced, of epoch 4294967301\n${kafka}`,
    );
    const heartbeat =
      '00000024' +
      '003f' +
      '0000' +
      '00000001' +
      '0002' +
      '6861' +
      '00' +
      '0000000c' +
      '0000000100000005' +
      'ffffffffffffffff' +
      '01' +
      '00' +
      '00';
    expect(await asked()).toEqual([
      `events-controller-0.events-controller-headless.streams.svc 9093 ${heartbeat}`,
      `events-controller-1.events-controller-headless.streams.svc 9093 ${heartbeat}`,
    ]);
  });

  test('a JVM that dies is fenced at once, before anything starts again', async () => {
    await file('/data/kafka/meta.properties');
    await file('/its-log', died);
    await program(
      'java',
      `touch ${root}/data/kafka/.lock; cp ${root}/its-log ${root}/data/registration.log; kill -9 $$`,
    );
    await controllersAnswer([error(0)]);
    await expect(start('broker')).rejects.toMatchObject({
      code: 137,
      stdout: expect.stringContaining('having the JVM that died here fenced, of epoch 4294967301'),
    });
    expect(await asked()).toHaveLength(1);
  });

  test('where the controller knows another epoch by now, there is nothing to do', async () => {
    await hasDied();
    await controllersAnswer([error(77)]);
    expect(await start('broker')).not.toContain('slept');
    expect(await asked()).toHaveLength(1);
  });

  test('while no controller is active it asks again, and starts in the end', async () => {
    await hasDied();
    await controllersAnswer([]);
    expect(await start('broker')).toMatch(/fenced, of epoch 4294967301\n(slept 1\n){4}java /);
    expect(await asked()).toHaveLength(15);
  }, 20_000);

  test('a broker that was stopped cleanly, or never registered, asks nobody', async () => {
    await hasDied();
    await file('/data/kafka/.kafka_cleanshutdown');
    expect(await start('broker')).toBe(kafka);
    await rm(`${root}/data/kafka/.kafka_cleanshutdown`);
    await file('/data/registration.log', '');
    expect(await start('broker')).toBe(kafka);
    await rm(`${root}/data/registration.log`);
    expect(await start('broker')).toBe(kafka);
  });

  async function start(who: 'broker' | 'controller', of = spec): Promise<string> {
    const text = who === 'broker' ? kafkaStartScript(of) : controllerStartScript(of);
    await file('/start.sh', text.replace(/\/(tmp|data|etc|opt)\//g, `${root}$&`));
    const env = {
      POD_NAME: who === 'broker' ? 'events-kafka-12' : 'events-controller-2',
      ZONE: '',
      PATH: `${root}/bin:${process.env['PATH']}`,
    };
    const { stdout } = await promisify(execFile)('sh', [`${root}/start.sh`, '-Xmx1m', 'kafka.Kafka'], {
      env,
    });
    return stdout.replaceAll(root, '');
  }

  /** An answer to BrokerHeartbeat, as far as its error and beyond. */
  function error(code: number): string {
    return `0000000f${'00000001'}${'00'}${'00000000'}${code.toString(16).padStart(4, '0')}${'00'.repeat(4)}`;
  }

  /** Controllers that answer so, one after the other, and leave the connection open, as Kafka does. */
  async function controllersAnswer(answers: readonly string[]): Promise<void> {
    for (const [index, answer] of answers.entries())
      await file(`/answers/${index + 1}`, Buffer.from(answer, 'hex'));
    await program(
      'nc',
      `asked=$(dd bs=4096 count=1 2> /dev/null | od -An -v -tx1 | tr -d ' \\n')
echo "$3 $4 $asked" >> ${root}/asked
cat ${root}/answers/$(wc -l < ${root}/asked) 2> /dev/null && cat > /dev/null`,
    );
  }

  async function asked(): Promise<string[]> {
    return (await readFile(`${root}/asked`, 'utf8')).trim().split('\n');
  }

  async function program(name: string, body: string): Promise<void> {
    await file(`/bin/${name}`, `#!/bin/sh\n${body}\n`, 0o755);
  }

  async function file(path: string, text: string | Buffer = '', mode = 0o644): Promise<void> {
    await mkdir(dirname(root + path), { recursive: true });
    await writeFile(root + path, text, { mode });
  }
});
