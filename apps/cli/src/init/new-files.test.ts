import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from '@kafka-ha/config';
import { placeholder } from '@kafka-ha/config/values';
import { type Answers, withDefaults } from './answers.ts';
import { newFiles, refuseFormer } from './new-files.ts';

const page = await readFile(new URL('../../../../docs/getting-started.md', import.meta.url), 'utf8');

describe('newFiles', () => {
  test('the workflows are those of the documentation, word for word', () => {
    const blocks = page.matchAll(/^`(\w+\.yml)` [^`]*```yaml\n([\s\S]*?)```$/gm);
    const shown = Object.fromEntries(
      [...blocks].map(([, name, text]) => [`.github/workflows/${name}`, text]),
    );
    const [, ...workflows] = newFiles(withDefaults({ actions: placeholder }), true);
    expect(Object.fromEntries(workflows.map(({ path, text }) => [path, text]))).toEqual(shown);
  });

  test.each<[Partial<Answers>, Record<string, unknown>]>([
    [{}, { mode: 'kraft', brokers: 5, tolerance: 2, name: 'events', namespace: 'kafka' }],
    [
      { mode: 'zookeeper', name: 'orders', namespace: 'streams' },
      { mode: 'zookeeper', name: 'orders' },
    ],
    [{ brokers: 3 }, { brokers: 3, tolerance: 1 }],
    [{ tolerance: 3 }, { brokers: 7, tolerance: 3 }],
    [
      { brokers: 40, rate: '5MB/s' },
      { brokers: 40, ingest: { bytesPerSecond: 5e6 } },
    ],
  ])('of %j comes a file that is proven, without a warning, for each environment', (given, spec) => {
    const [file] = newFiles(withDefaults({ environments: ['local', 'staging'], ...given }), false);
    for (const environment of [undefined, 'local', 'staging']) {
      const options = { file: 'kafka-ha.yaml', ...(environment !== undefined && { environment }) };
      expect(checkClusterFile(file!.text, options)).toMatchObject({
        kind: 'ok',
        spec,
        warnings: [],
        environments: ['local', 'staging'],
      });
    }
  });

  test('the first line is the address of the schema, in the repository that the actions are from', () => {
    const [file, validate] = newFiles(withDefaults({ actions: 'acme/kafka-ha@v2' }), true);
    expect(file!.text.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=https://raw.githubusercontent.com/acme/kafka-ha/v2/cluster.schema.json',
    );
    expect(validate!.text).toContain('uses: acme/kafka-ha/apps/validate@v2');
  });

  test('a comment says the arithmetic of this cluster', () => {
    const [file] = newFiles(withDefaults({ brokers: 4 }), false);
    expect(file!.text).toContain(
      '# Any 1 of the 4 may be lost: so every record is on 3 (2 × 1 + 1), and acknowledged once it is on 2 (1 + 1).',
    );
  });

  test('versions are said, so that a later kafka-ha upgrades nothing by itself', () => {
    const versionsOf = (mode: Answers['mode']) =>
      /^versions:\n((?: {2}.*\n)+)/m.exec(newFiles(withDefaults({ mode }), false)[0]!.text)?.[1];
    expect(versionsOf('kraft')).toMatch(/^ {2}kafka: 4\.\d\.\d\n {2}metadata: '4\.\d'\n$/);
    expect(versionsOf('zookeeper')).toMatch(
      /^ {2}kafka: 3\.9\.\d\n {2}zookeeper: .*\n {2}interBrokerProtocol:/,
    );
  });

  test('the failover test has a Kubernetes of its own, and is left out where nothing fits there', () => {
    const failoverOf = (given: Partial<Answers>) =>
      newFiles(withDefaults(given), true).find(({ path }) => path.endsWith('failover.yml'))?.text;
    expect(failoverOf({ brokers: 7 })).toContain('/apps/local-cluster@');
    expect(failoverOf({ environments: [] })).toBeUndefined();
  });

  test('a cluster that cannot keep its promise is refused with the arithmetic', () => {
    const given = withDefaults({ brokers: 4, tolerance: 2 });
    expect(() => newFiles(given, true)).toThrow(
      expect.objectContaining({
        code: 'promise-broken',
        message: expect.stringContaining('each on its own broker (3 + 2 = 5), and there are 4'),
        hint: expect.stringContaining('Nothing was written'),
      }),
    );
  });

  test("a folder with a cluster file of the former name is refused, one with another tool's file is not", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-former-'));
    try {
      await writeFile(join(folder, 'cluster.yaml'), 'nodes: [{ address: 1.2.3.4, role: [etcd] }]');
      await refuseFormer(folder, true);
      await writeFile(join(folder, 'cluster.yaml'), 'name: events');
      await expect(refuseFormer(folder, true)).rejects.toMatchObject({
        message: 'cluster.yaml exists already',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
