import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { acceptWebSockets, fakeApiServer, type FakeApiServer } from '@kafka-ha/kube/testing';
import { HistoryReader } from './history-reader.ts';
import { historyPath } from './workload-objects.ts';

const { signal } = new AbortController();
let folder: string;
let file: string;
let api: FakeApiServer;
let isCut = false;

describe('HistoryReader', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'));
    file = join(folder, 'lines');
    api = await fakeApiServer();
    isCut = false;
    // The pod: its shell, on this machine.
    acceptWebSockets(api, (socket, url) => {
      const script = url.searchParams.getAll('command').at(-1)?.replace(historyPath, file) ?? '';
      void run('sh', ['-c', script], { maxBuffer: 2 ** 26 }).then(({ stdout }) => {
        socket.send(Buffer.concat([Buffer.of(1), Buffer.from(stdout)]));
        if (isCut) return socket.terminate();
        socket.send(Buffer.concat([Buffer.of(3), Buffer.from(JSON.stringify({ status: 'Success' }))]));
      });
    });
  });
  afterEach(async () => {
    await api[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  test('each line is read once, a torn one when it is whole, and what a broken connection gave again', async () => {
    const reader = aReader();
    await appendFile(file, '{"n":0}\n{"n":1,"re');
    await reader.read(signal);
    expect(reader.text).toBe('{"n":0}\n');
    await appendFile(file, 'ason":"é"}\n');
    isCut = true;
    await expect(reader.read(signal)).rejects.toMatchObject({ code: 'kubernetes-unreachable' });
    isCut = false;
    await Promise.all([reader.read(signal), reader.read(signal)]);
    expect(reader.text).toBe('{"n":0}\n{"n":1,"reason":"é"}\n');
    expect(reader.hasEnded).toBe(false);
    await appendFile(file, '{"n":2,"kind":"reader-end"}\n');
    await reader.read(signal);
    expect(reader.hasEnded).toBe(true);
  });

  test('a history is read that is longer than any container log', async () => {
    const lines = Array.from({ length: 120_000 }, (_, n) => `{"n":${n},"rows":"${'x'.repeat(80)}"}\n`);
    await appendFile(file, lines.join(''));
    const reader = aReader();
    await reader.read(signal);
    expect(reader.text.length).toBeGreaterThan(10 * 1024 * 1024);
    expect(reader.text === lines.join('')).toBe(true);
  }, 30_000);

  test('before there is a file nothing has begun', async () => {
    const reader = aReader();
    await reader.read(signal);
    expect(reader).toMatchObject({ hasBegun: false, hasEnded: false, text: '' });
  });

  function aReader(): HistoryReader {
    return new HistoryReader({ kube: api.kube, spec: aSpec({ name: 'events' }), signal }, 'events-drill-1');
  }

  const run = promisify(execFile);
});
