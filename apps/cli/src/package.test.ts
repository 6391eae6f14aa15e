import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { jar } from '@kafka-ha/workload/jar';
import {
  allCommands,
  installedPackage,
  maxStarts,
  type InstalledPackage,
} from './testing/installed-package.ts';

const localCluster = new URL('../../../libs/local-cluster', import.meta.url).pathname;
/** Everybody who says `npx kafka-ha` downloads it. */
const maxBytes = 5_000_000;

jest.setTimeout(300_000);

describe('the package', () => {
  let installed: InstalledPackage;
  let folder: string;
  let contents: string;
  let kafkaHa: InstalledPackage['kafkaHa'];

  beforeAll(async () => {
    installed = await installedPackage();
    ({ folder, contents, kafkaHa } = installed);
  });

  afterAll(async () => {
    await installed[Symbol.asyncDispose]();
  });

  test('it has a licence, no dependencies, and is small', async () => {
    const manifest = JSON.parse(await readFile(join(contents, 'package.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({
      name: 'kafka-ha',
      license: 'Apache-2.0',
      engines: { node: expect.any(String) },
    });
    expect(Object.keys(manifest).filter((key) => /dependencies|private|scripts/i.test(key))).toEqual([]);
    expect(await readdir(join(folder, 'node_modules'))).toEqual(['.bin', '.package-lock.json', 'kafka-ha']);
    const files = await filesIn(contents);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'licenses.txt', 'README.md', 'CHANGELOG.md']));
    const sizes = await Promise.all(files.map((file) => stat(join(contents, file))));
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(maxBytes);
  });

  test('it says its version', async () => {
    const { version } = JSON.parse(await readFile(join(contents, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await kafkaHa('--version')).toBe(`${version}\n`);
  });

  test('each command shows its help', async () => {
    const names = allCommands();
    expect(names.length).toBeGreaterThan(20);
    for (const name of names)
      expect(await kafkaHa(...name.split(' '), '--help')).toContain(`Usage: kafka-ha ${name}`);
  });

  test('init writes a cluster file, validate proves it, render prints its objects with the exporter', async () => {
    await kafkaHa('init', '--yes', '--name', 'orders');
    expect(await kafkaHa('validate')).toContain('orders keeps its promise');
    await writeFile(
      join(folder, 'kafka-ha.yaml'),
      `${await readFile(join(folder, 'kafka-ha.yaml'), 'utf8')}\nmetrics: {}\n`,
    );
    const rendered = await kafkaHa('render');
    expect(rendered).toContain('name: orders-kafka');
    expect(rendered).toContain('KAFKA_HA_EXPORTER_SPEC');
  });

  test('the load is in it for each client of a drill', async () => {
    const files = (await filesIn(contents)).filter((file) => /run-drills-.*\.mjs$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(contents, file), 'utf8')));
    expect(texts.join('')).toContain('KafkaJSNumberOfRetriesExceeded');
    expect(texts.join('')).toContain(jar);
  });

  test('what needs a cluster is loaded, and says that there is none', async () => {
    for (const command of ['plan', 'deploy', 'health', 'topics', 'drill'])
      await expect(kafkaHa(command, '--kubeconfig', 'none')).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('There is no kubeconfig none'),
      });
  });

  test('it has what a local cluster is made from', async () => {
    for (const part of ['scripts', 'go']) {
      const sources = await filesIn(join(localCluster, part));
      expect(await filesIn(join(contents, part))).toEqual(sources);
      for (const file of sources) {
        const [here, there] = [join(localCluster, part, file), join(contents, part, file)];
        expect((await readFile(there)).equals(await readFile(here))).toBe(true);
        expect((await stat(there)).mode & 0o111).toBe((await stat(here)).mode & 0o111);
      }
    }
    await expect(kafkaHa('local', 'status', '--name', 'nobodys')).rejects.toMatchObject({
      stdout: expect.stringContaining('there is no local cluster nobodys'),
    });
  });

  test('nobody waits long for help, nor for validate', async () => {
    const bin = join(contents, 'bin/kafka-ha.mjs');
    const ratios: Record<keyof typeof maxStarts, number[]> = { help: [], validate: [] };
    for (let run = 0; run < 3; run += 1) {
      const bare = await cpuMs(['-e', '']);
      ratios.help.push((await cpuMs([bin, '--help'])) / bare);
      ratios.validate.push((await cpuMs([bin, 'validate', '--json'])) / bare);
    }
    expect(Math.min(...ratios.help)).toBeLessThanOrEqual(maxStarts.help);
    expect(Math.min(...ratios.validate)).toBeLessThanOrEqual(maxStarts.validate);
  });

  /** Others use this machine too. */
  async function cpuMs(args: string[]): Promise<number> {
    return (await installed.timed(process.execPath, ...args)).cpuMs;
  }
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}
