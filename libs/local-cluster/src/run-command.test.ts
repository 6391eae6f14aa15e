import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

const newLog = () => join(mkdtempSync(join(tmpdir(), 'command-')), 'log');

const aJob = (signal = new AbortController().signal) => ({ log: newLog(), signal });

describe('runCommand', () => {
  test('stdout is returned; all output and the command itself are in the log', async () => {
    const context = aJob();
    expect(await runCommand(context, ['sh', '-c', 'echo out; echo err >&2'])).toBe('out\n');
    expect(readFileSync(context.log, 'utf8')).toMatch(/^\$ sh -c .*\n(out\nerr|err\nout)\n$/);
  });

  test('a secret is returned and not in the log', async () => {
    const context = aJob();
    expect(await runCommand(context, ['sh', '-c', 'printf "%s%s" pass word'], { secret: true })).toBe(
      'password',
    );
    expect(readFileSync(context.log, 'utf8')).not.toContain('password');
  });

  test('a command that fails is named with its exit code and its last complaint', async () => {
    const failing = runCommand(aJob(), ['sh', '-c', 'echo no disk >&2; exit 3']);
    await expect(failing).rejects.toMatchObject({
      code: 'local-cluster-failed',
      message: 'sh ended with 3: no disk',
    });
  });

  test('a command that is not there is named', async () => {
    await expect(runCommand(aJob(), ['no-such-command'])).rejects.toMatchObject({
      code: 'local-cluster-failed',
      message: expect.stringContaining('no-such-command did not start'),
    });
  });

  test('input is what the command reads', async () => {
    expect(await runCommand(aJob(), ['tr', 'a-z', 'A-Z'], { input: 'shout' })).toBe('SHOUT');
  });

  test('an abort ends the command and its children', async () => {
    const controller = new AbortController();
    const context = aJob(controller.signal);
    const lines: string[] = [];
    const running = runCommand(context, ['sh', '-c', 'sleep 300 & echo $!; wait'], {
      onLine: (line) => lines.push(line),
    });
    while (lines.length === 0) await sleep(10);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    const child = Number(lines[0]);
    expect(isRunning(child)).toBe(false);
  });

  /** A process that has ended may still wait to be buried. */
  function isRunning(pid: number): boolean {
    const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
    return state !== '' && !state.startsWith('Z');
  }

  test('nothing is started when it is too late', async () => {
    const context = aJob(AbortSignal.abort());
    await expect(runCommand(context, ['true'])).rejects.toMatchObject({ code: 'aborted' });
    expect(existsSync(context.log)).toBe(false);
  });
});
