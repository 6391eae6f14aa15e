import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hasSurelyEnded, identityOfThisProcess } from './process-identity.ts';

let proc: string;

describe('process identity', () => {
  beforeEach(async () => {
    proc = await mkdtemp(join(tmpdir(), 'kafka-ha-proc-'));
    await mkdir(join(proc, 'sys/kernel/random'), { recursive: true });
    await mkdir(join(proc, 'self/ns'), { recursive: true });
    await writeFile(join(proc, 'sys/kernel/random/boot_id'), 'boot-1\n');
    await symlink('pid:[1]', join(proc, 'self/ns/pid'));
    await aProcess('self', 40);
    await aProcess('41', 41);
  });

  afterEach(() => rm(proc, { recursive: true }));

  async function aProcess(folder: string, pid: number, { state = 'S', start = 900 } = {}): Promise<void> {
    await mkdir(join(proc, folder), { recursive: true });
    const between = Array(18).fill('0').join(' ');
    await writeFile(join(proc, folder, 'stat'), `${pid} (a) (node) ${state} ${between} ${start} 0`);
  }

  /** Process 41 as it told of itself while it ran. */
  const identity = `boot-1/pid:[1]/${process.getuid?.()}/41/900`;

  test('a process tells its boot, its namespace, its user, its id and its start', () => {
    expect(identityOfThisProcess(proc)).toBe(identity.replace('/41/', '/40/'));
  });

  test('a process that runs has not ended', () => {
    expect(hasSurelyEnded(identity, proc)).toBe(false);
  });

  test('a process that is not there any more has ended', async () => {
    await rm(join(proc, '41'), { recursive: true });
    expect(hasSurelyEnded(identity, proc)).toBe(true);
  });

  test('a process whose id another one has, or that is a zombie, has ended', async () => {
    await aProcess('41', 41, { start: 901 });
    expect(hasSurelyEnded(identity, proc)).toBe(true);
    await aProcess('41', 41, { state: 'Z' });
    expect(hasSurelyEnded(identity, proc)).toBe(true);
  });

  test.each([
    ['boot', identity.replace('boot-1', 'boot-2')],
    ['PID namespace', identity.replace('pid:[1]', 'pid:[2]')],
    ['user', identity.replace(`/${process.getuid?.()}/`, '/4711/')],
    ['kind of identity', 'ann@laptop'],
  ])('of a process of another %s nothing is known', async (_, other) => {
    await rm(join(proc, '41'), { recursive: true });
    expect(hasSurelyEnded(other, proc)).toBe(false);
  });

  test('where the system tells nothing, nothing is known', async () => {
    await rm(join(proc, 'sys'), { recursive: true });
    expect(identityOfThisProcess(proc)).toBeUndefined();
    expect(hasSurelyEnded(identity, proc)).toBe(false);
  });

  test('a real process that was killed has ended, and this one has not', async () => {
    expect(hasSurelyEnded(identityOfThisProcess() ?? '')).toBe(false);
    const url = JSON.stringify(new URL('process-identity.ts', import.meta.url).href);
    const script = `console.log((await import(${url})).identityOfThisProcess()); setInterval(() => {}, 1000);`;
    const options = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const child = spawn(process.execPath, options, { env: { ...process.env, NODE_OPTIONS: '' } });
    const told = await new Promise<string>((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
    );
    expect(hasSurelyEnded(told)).toBe(false);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(hasSurelyEnded(told)).toBe(true);
  }, 20_000);
});
