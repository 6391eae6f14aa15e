import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FakeBrokers } from '@kafka-ha/client/testing';
import { answerAsKraft, FakeKraft, fakeObjects, type FakeObjects } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { aKubeconfig } from '@kafka-ha/kube/testing';
import { brokerHost } from '@kafka-ha/manifests';
import { runKafkaHa } from './testing.ts';

const spec = aSpec({ mode: 'kraft' });
const minutes = 300_000;
let fake: FakeObjects;
let brokers: FakeBrokers;
let folder: string;
let target: string[];

describe('first event', () => {
  /** An API server and a Kafka in memory, which the tool reaches by a port-forward. */
  beforeAll(async () => {
    const kraft = new FakeKraft();
    const hostOf = (id: number) => brokerHost(spec, id);
    brokers = new FakeBrokers([0, 1, 2], { events: [[0], [1], [2]] }, { cluster: kraft.cluster, hostOf });
    fake = await fakeObjects([]);
    answerAsKraft(fake, kraft);
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
    const { port } = fake.server.address() as AddressInfo;
    await writeFile(
      join(folder, 'cluster.yaml'),
      `name: ${spec.name}\nnamespace: ${spec.namespace}\nmode: kraft\n`,
    );
    await writeFile(join(folder, 'kubeconfig'), aKubeconfig({ server: `http://127.0.0.1:${port}` }));
    target = ['--file', join(folder, 'cluster.yaml'), '--kubeconfig', join(folder, 'kubeconfig')];
  });

  afterAll(async () => {
    await fake[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  test(
    'what is produced is counted, and what is consumed is what was produced',
    async () => {
      const one = [
        '--message',
        'signed up',
        '--key',
        'user-7',
        '--header',
        'source=web',
        '--header',
        'a=b=c',
      ];
      expect(await runKafkaHa(['produce', 'events', ...one, ...target])).toMatchObject({
        exitCode: 0,
        stdout: '1 record acknowledged by all replicas in sync of events\n',
        stderr: '',
      });
      const input = '{"value":"two"}\n{"value":"three","headers":{"source":"file"}}';
      const lines = ['produce', 'events', '--key', 'user-7', '--header', 'source=cli', '--json', ...target];
      const { stdout } = await runKafkaHa(lines, { input });
      expect(JSON.parse(stdout)).toEqual({ topic: 'events', acknowledged: 2 });
      const all = ['consume', 'events', '--from-beginning', '--count', '3', '--json', ...target];
      const consumed = await runKafkaHa(all);
      expect(consumed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(linesOf(consumed.stdout)).toMatchObject([
        { offset: 0, key: 'user-7', value: 'signed up', headers: { source: 'web', a: 'b=c' } },
        { offset: 1, key: 'user-7', value: 'two', headers: { source: 'cli' } },
        { offset: 2, key: 'user-7', value: 'three', headers: { source: 'file' } },
      ]);
      expect([...brokers.groups]).toEqual([]);
    },
    minutes,
  );

  test(
    'Ctrl-C ends consume with what a group has read committed, and groups tells how far behind it is',
    async () => {
      let ended = false;
      brokers.append('events', 0, ['the last']);
      const { exitCode, stdout, stderr } = await runKafkaHa(
        ['consume', 'events', '--group', 'billing', '--from-beginning', ...target],
        {
          onOutput: (text, kill) => {
            if (ended || !text.includes('the last')) return;
            ended = true;
            kill('SIGINT');
          },
        },
      );
      expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
      expect(stdout).toMatch(/^the last$/m);
      brokers.append('events', 0, ['new', 'newer']);
      const groups = await runKafkaHa(['groups', ...target]);
      expect(groups.stdout).toMatch(/^billing +Empty +0 +events +2$/m);
    },
    minutes,
  );

  test(
    'a line that is no record is wrong usage, and it is told what was acknowledged before',
    async () => {
      const { exitCode, stdout } = await runKafkaHa(['produce', 'events', '--json', ...target], {
        input: 'x\n',
      });
      expect(exitCode).toBe(64);
      expect(JSON.parse(stdout)).toMatchObject({
        error: {
          code: 'invalid-usage',
          details: [expect.anything(), expect.stringMatching(/^0 records were/)],
        },
      });
    },
    minutes,
  );

  test(
    'a topic that is not there is refused, and those that are there are named',
    async () => {
      expect(await runKafkaHa(['consume', 'evnts', ...target])).toMatchObject({
        exitCode: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /there is no topic evnts[^]*The topics are events\.[^]*kafka-ha deploy/,
        ),
      });
    },
    minutes,
  );

  function linesOf(text: string): unknown[] {
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }
});
