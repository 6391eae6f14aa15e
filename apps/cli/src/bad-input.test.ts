import { describe, expect, jest, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runKafkaHa } from './testing.ts';
import { runHere } from './testing/run-here.ts';

// To start the tool takes seconds: once in this process, and again in one of its own where a case is about what a shell sees.
jest.setTimeout(120_000);

const example = new URL('../../../cluster.yaml', import.meta.url).pathname;

/** Each is refused by `deploy` before it asks for a Kubernetes: the kubeconfig named does not exist. */
const refused: [what: string, file: string, said: RegExp[]][] = [
  ['broken YAML', 'name: [events', [/cluster\.yaml:\d+:\d+/]],
  ['an unknown key', 'name: events\nbroker: 5', [/cluster\.yaml:2:1/, /broker\b/, /brokers/]],
  ['a tolerance that four brokers cannot keep', 'name: events\nbrokers: 4', [/tolerance 2 needs 5 brokers/]],
  [
    'a min ISR below what the tolerance needs',
    'name: events\nreplication: { minInSync: 2 }',
    [/cluster\.yaml:2:/, /min\.insync\.replicas 3 or more/],
  ],
  [
    'a replication factor of 3 for a tolerance of 2',
    'name: events\nreplication: { factor: 3 }',
    [/cluster\.yaml:2:/, /factor/],
  ],
  [
    'a volume too small for a minute',
    'name: events\nstorage: { size: 2Gi }',
    [/cluster\.yaml:2:/, /too small for 60 s of retention/, /Gi/],
  ],
  [
    'memory too small for the heap',
    'name: events\nresources: { memory: 256Mi }',
    [/cluster\.yaml:2:/, /688Mi/],
  ],
  ['a name that Kubernetes refuses', 'name: Events_1', [/cluster\.yaml:1:/, /lower-?case/i]],
  [
    'a Kafka key that the promise rests on',
    'name: events\nkafkaConfig: { min.insync.replicas: 1 }',
    [/cluster\.yaml:2:/, /min\.insync\.replicas/, /tolerance/],
  ],
];

describe('bad input', () => {
  test.each(refused)('deploy refuses %s, saying where and why', async (_, file, said) => {
    const result = await deployFile(file, 'no-such-kubeconfig');
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    for (const words of said) expect(result.stderr).toMatch(words);
    expect(result.stderr).toContain('Nothing was changed');
  });

  test('a shell sees what deploy refuses on stderr alone, and an exit code of 1', async () => {
    const [, file, said] = refused[0]!;
    const result = await deployFile(file, 'no-such-kubeconfig', runKafkaHa);
    expect(result).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(said[0]!) });
  });

  test('deploy says which API server does not answer', async () => {
    const kubeconfig = [
      'apiVersion: v1',
      'kind: Config',
      'current-context: nowhere',
      'clusters: [{ name: nowhere, cluster: { server: "https://127.0.0.1:1" } }]',
      'users: [{ name: nobody, user: { token: none } }]',
      'contexts: [{ name: nowhere, context: { cluster: nowhere, user: nobody } }]',
    ].join('\n');
    const { exitCode, stderr } = await deployFile('name: events', kubeconfig);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining('https://127.0.0.1:1'),
    });
    expect(stderr).toMatch(/ECONNREFUSED|refused/);
  });

  test('a wrong command line is told from a failure by its exit code, and shown the help', async () => {
    const { exitCode, stderr } = await runKafkaHa(['deploi']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 64,
      stderr: expect.stringContaining('Did you mean deploy?'),
    });
  });

  test.each<[string, string[], RegExp]>([
    ['a fault that is none', ['kill-everything'], /kill-everything[^]*The faults are stop-broker, /],
    ['no round at all', ['--rounds', '0'], /--rounds takes a whole number from 1/],
    ['a time that is none', ['--duration', 'long'], /--duration takes a time from 5s/],
    ['a client that is none', ['--client', 'librdkafka'], /--client takes one of own, kafkajs, java/],
  ])('drill refuses %s before it asks for a Kubernetes', async (_, args, said) => {
    const { exitCode, stderr } = await runHere(['drill', ...args, '--kubeconfig', '/no/such/kubeconfig']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 64, stderr: expect.stringMatching(said) });
  });

  test.each<[string, string[], number, RegExp]>([
    [
      'a count that is none',
      ['--brokers', 'many'],
      64,
      /--brokers takes a whole number from 1 to 99, not many/,
    ],
    ['a rate that is none', ['--throttle', 'slow'], 64, /--throttle takes a rate such as 20MB\/s, not slow/],
    [
      'fewer brokers than the tolerance needs',
      ['--brokers', '3'],
      1,
      /tolerance 2 needs 5 brokers[^]*or tolerance 1[^]*Use --tolerance[^]*Nothing was changed/,
    ],
    ['fewer brokers than three', ['--brokers', '2', '--tolerance', '1'], 1, /tolerance 1 needs 3 brokers/],
  ])('scale refuses %s before it asks for a Kubernetes', async (_, args, exitCode, said) => {
    const target = ['--file', example, '--kubeconfig', '/no/such/kubeconfig'];
    const result = await runHere(['scale', ...args, ...target]);
    expect(result).toMatchObject({ exitCode, stderr: expect.stringMatching(said) });
  });

  test('a ledger that is not there yet is no error of the tool: it says how to begin one', async () => {
    const { exitCode, stderr } = await runHere(['drills', 'history', '--ledger', '/no/such/drills.jsonl']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('kafka-ha drill') });
  });

  test.each([
    [['roll', '--broker', '2'], '--broker needs --restart'],
    [['roll', '--restart', '--broker', 'two'], "--broker takes a broker's id, such as 2, not two"],
    [['rebuild'], "required option '--controller <number>' not specified"],
    [
      ['rebuild', '--controller', 'events-1'],
      "--controller takes a controller's number, such as 1, not events-1",
    ],
    [['produce', 'events', '--header', 'source'], '--header takes name=value, not source'],
    [['produce'], "missing required argument 'topic'"],
    [['consume', 'events', '--count', '0'], '--count takes a whole number from 1 to 1000000000, not 0'],
    [['init'], 'init asks its questions on a terminal, and there is none'],
    [['init', '--brokers', 'many'], '--brokers takes a whole number from 1 to 99, not many'],
    [['deploy', '--plan', '/no/such/plan.json'], '/no/such/plan.json is not a plan'],
    [['render', '--operator'], 'Run kafka-ha render --monitoring --operator'],
    [['render', '--docs', 'https://example.com'], 'render --monitoring --docs https://example.com'],
    [['render', '--dashboard', '--operator'], '--operator and --docs need --monitoring'],
    [['render', '--dashboard', '--monitoring'], "'--dashboard' cannot be used with option '--monitoring'"],
  ])('%j is wrong usage, and it is said why', async (args, why) => {
    const { exitCode, stderr } = await runHere(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 64, stderr: expect.stringContaining(why) });
  });

  test.each(['--monitoring', '--dashboard'])('render %s is for a file that has an exporter', async (what) => {
    const { exitCode, stderr } = await runHere(['render', what, '--file', example]);
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/gives events no exporter[^]*Write `metrics: \{\}` into the cluster file/);
  });

  test('with --json an error is a document on stdout', async () => {
    const { exitCode, stdout } = await runKafkaHa(['validate', '--json', '--file', '/no/such/cluster.yaml']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not-found', hint: expect.any(String) } });
  });

  async function deployFile(text: string, kubeconfig: string, run: typeof runHere = runHere) {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
    try {
      const file = join(folder, 'cluster.yaml');
      await writeFile(file, text);
      await writeFile(join(folder, 'kubeconfig'), kubeconfig);
      return await run(['deploy', '--file', file, '--kubeconfig', join(folder, 'kubeconfig')]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
});
