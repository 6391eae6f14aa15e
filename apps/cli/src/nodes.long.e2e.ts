import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  allCommands,
  installedPackage,
  maxStarts,
  type InstalledPackage,
} from './testing/installed-package.ts';

const { nodeProgram } = (await import(new URL('../../../tools/programs.mjs', import.meta.url).pathname)) as {
  /** Its path. */
  nodeProgram: (version: string) => Promise<string>;
};
const { engines } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  engines: { node: string };
};
/** The oldest of each line: those of `^20.20 || >=24` are 20.20.0 and 24.0.0. */
const versions = [...engines.node.matchAll(/(\d+)(?:\.(\d+))?/g)].map(
  ([, major, minor = '0']) => `${major}.${minor}.0`,
);
const rounds = 5;

jest.setTimeout(600_000);

describe('the package on each Node that it is made for', () => {
  let installed: InstalledPackage;
  const lines: string[] = [];

  beforeAll(async () => {
    installed = await installedPackage();
    await installed.kafkaHa('init', '--yes', '--no-workflows');
  });

  afterAll(async () => {
    await installed[Symbol.asyncDispose]();
    process.stdout.write(`Medians of ${rounds}:\n${lines.join('\n')}\n`);
  });

  test.each(versions)(
    '%s: each command shows its help, validate proves the cluster, and soon',
    async (version) => {
      const node = await nodeProgram(version);
      const bare = await measured(node, '-e', '');
      const helps = [];
      for (const name of allCommands()) {
        const help = await ofTool(node, ...name.split(' '), '--help');
        expect(help.stdout).toContain(`Usage: kafka-ha ${name}`);
        helps.push({ name, ...help });
      }
      const validate = await ofTool(node, 'validate');
      expect(validate.stdout).toContain('events keeps its promise');
      const slowest = helps.reduce((one, other) => (one.medianMs > other.medianMs ? one : other));
      lines.push(
        `Node ${version}: by itself ${told(bare)}, ${slowest.name} --help ${told(slowest)} (the slowest of ${helps.length}), validate ${told(validate)}`,
      );
      const slow = helps.filter(({ cpuMs }) => cpuMs > maxStarts.help * bare.cpuMs);
      expect(slow.map(({ name, cpuMs }) => `${name}: ${cpuMs} ms, Node ${bare.cpuMs} ms`)).toEqual([]);
      expect(validate.cpuMs / bare.cpuMs).toBeLessThanOrEqual(maxStarts.validate);
    },
  );

  function told({ medianMs, cpuMs }: { medianMs: number; cpuMs: number }): string {
    return `${medianMs} ms, ${Math.round(cpuMs)} ms of the processor`;
  }

  /** As the first line of the tool's own file starts it. */
  function ofTool(node: string, ...args: string[]) {
    return measured(node, '--max-semi-space-size=4', join(installed.contents, 'bin/kafka-ha.mjs'), ...args);
  }

  /** The median from start to end, and the least processor time: others use this machine too. */
  async function measured(node: string, ...args: string[]) {
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await installed.timed(node, ...args));
    const times = runs.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
    return {
      stdout: runs[0]?.stdout ?? '',
      medianMs: Math.round(times[(rounds - 1) / 2] ?? 0),
      cpuMs: Math.min(...runs.map(({ cpuMs }) => cpuMs)),
    };
  }
});
