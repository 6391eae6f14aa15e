import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brokerEdits, editClusterFile, type Edit, type Mode } from '@kafka-ha/config';
import { freshNamespace, killAt, realCluster, removeNamespace } from '@kafka-ha/testing';
import { exampleFile, runKafkaHa, type ExampleFile } from './testing.ts';

const minute = 60_000;
const real = realCluster();
const namespace = freshNamespace('migrate-killed');
const size = brokerEdits({ brokers: 3, tolerance: 1 });
const records = 1_000;
/** What is said, and how long after that the process is killed; each by a run of its own, one after the other. */
type Moments = readonly (readonly [said: RegExp, afterMs: number])[];

describe('migrate, killed', () => {
  let example: ExampleFile;
  let file: string;
  let backup: string;

  beforeAll(async () => {
    example = await exampleFile(namespace, real.kubeconfigPath, size);
    file = join(example.folder, 'cluster.yaml');
    backup = join(example.folder, 'first.json');
    expect(await run('deploy')).toMatchObject({ exitCode: 0 });
    const input = Array.from({ length: records }, (_, index) => `record ${index}\n`).join('');
    expect(await run('produce', ['events'], { input })).toMatchObject({ exitCode: 0 });
  }, 5 * minute);

  afterAll(async () => {
    await example[Symbol.asyncDispose]();
    await removeNamespace(real, namespace);
  }, 3 * minute);

  test(
    'forward: whoever is killed goes on, until the controllers have been made known to every broker',
    () =>
      migrateKilled(
        [],
        [
          [/Check that it can begin/, 500],
          [/Start the controllers/, 0],
          [/Start the controllers/, 3_000],
          [/so that the controllers know them/, 0],
          [/ stops$/m, 0],
          [/ stops$/m, 2_000],
          [/Have the controllers copy/, 0],
        ],
      ),
    8 * minute,
  );

  test('in that state a drill of each kind passes', () => drillsPass('migrating'), 8 * minute);

  test(
    'from there to the end of this way',
    async () => {
      await migrateKilled(
        [],
        [
          [/so that they use the controllers/, 0],
          [/ stops$/m, 0],
          [/ stops$/m, 5_000],
          [/Compare the metadata/, 0],
        ],
      );
      await expectStage([], 'dual-write');
    },
    8 * minute,
  );

  test('in that state a drill of each kind passes, too', () => drillsPass('dual-write'), 8 * minute);

  test(
    'back: whoever is killed goes on, and everything is as it was',
    async () => {
      await migrateKilled(
        ['--back'],
        [
          [/See that ZooKeeper has all/, 0],
          [/so that they use ZooKeeper/, 0],
          [/ stops$/m, 0],
          [/ stops$/m, 5_000],
          [/Stop the controllers/, 0],
          [/Have a broker take over/, 0],
          [/so that they forget the controllers/, 0],
          [/ stops$/m, 2_000],
          [/Remove what is left of the controllers/, 0],
        ],
      );
      await expectStage(['--back'], 'zookeeper');
      expect(await run('health')).toMatchObject({ exitCode: 0 });
      expect(await readBack()).toBe(records);
    },
    12 * minute,
  );

  test(
    'for good: whoever is killed goes on, and every record is there',
    async () => {
      backup = join(example.folder, 'second.json');
      await expectStage([], 'dual-write');
      await migrateKilled(
        ['--finalize'],
        [
          [/Compare the metadata/, 0],
          [/so that they forget ZooKeeper/, 0],
          [/ stops$/m, 0],
          [/ stops$/m, 2_000],
          [/Stop ZooKeeper/, 0],
          [/Check health/, 0],
        ],
      );
      await expectStage(['--finalize'], 'kraft');
      expect(await migrate(['--back'])).toMatchObject({ exitCode: 1 });
      const versions: Edit[] = [
        { path: ['versions', 'kafka'], value: '3.9.2' },
        { path: ['versions', 'metadata'], value: '3.9' },
      ];
      const edits = [...size, ...versions];
      await using kraft = await exampleFile(namespace, real.kubeconfigPath, edits, 'cluster.kraft.yaml');
      expect(await runKafkaHa(['health', ...kraft.target])).toMatchObject({ exitCode: 0 });
      expect(await readBack(kraft)).toBe(records);
    },
    12 * minute,
  );

  async function migrateKilled(direction: readonly string[], moments: Moments): Promise<void> {
    for (const [said, afterMs] of moments) {
      const { exitCode, stderr } = await migrate(direction, { onOutput: killAt(said, afterMs) });
      expect({ said, exitCode, stderr }).toEqual({ said, exitCode: null, stderr: '' });
    }
  }

  /** Runs it to its end, which is there. */
  async function expectStage(direction: readonly string[], mode: Mode): Promise<void> {
    const { exitCode, stdout, stderr } = await migrate([...direction, '--json']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ migrated: { mode } });
  }

  async function drillsPass(mode: Mode): Promise<void> {
    const ofMode = join(example.folder, `${mode}.yaml`);
    const text = await readFile(file, 'utf8');
    await writeFile(ofMode, editClusterFile(text, [{ path: ['mode'], value: mode }]));
    const kept = ['--report', join(example.folder, mode), '--ledger', join(example.folder, `${mode}.jsonl`)];
    const faults = ['kill-broker', 'kill-controller', 'kill-zookeeper-leader'];
    const { exitCode, stdout } = await run('drill', [...faults, ...kept, '--file', ofMode]);
    console.info(stdout.slice(stdout.indexOf('All ')));
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining('All 3 drills passed'),
    });
  }

  async function readBack({ target } = example): Promise<number> {
    const options = ['events', '--from-beginning', '--count', String(records), '--json'];
    const { stdout } = await runKafkaHa(['consume', ...target, ...options]);
    const values = stdout.trimEnd().split('\n');
    return new Set(values.map((line) => (JSON.parse(line) as { value: string }).value)).size;
  }

  function migrate(direction: readonly string[], running: Parameters<typeof runKafkaHa>[1] = {}) {
    return run('migrate', ['--backup', backup, ...direction], running);
  }

  function run(
    command: string,
    options: readonly string[] = [],
    running: Parameters<typeof runKafkaHa>[1] = {},
  ): ReturnType<typeof runKafkaHa> {
    const { target } = example;
    return runKafkaHa([command, ...target, ...options], running);
  }
});
