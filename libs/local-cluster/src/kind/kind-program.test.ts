import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { kindProgram } from './kind-program.ts';

const context = { say: () => undefined, log: '/dev/null', signal: new AbortController().signal };
const path = process.env['PATH'];
let root: string;

describe('kindProgram', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kind-program-'));
    process.env['PATH'] = `${root}/bin:${path}`;
    process.env['XDG_CACHE_HOME'] = root;
    program('bin/go', 'mkdir -p $GOBIN && echo "$2" > $GOBIN/kind');
  });

  test('the kind that is installed is used', async () => {
    program('bin/kind', 'echo kind v0.31.0 go1.25.5 linux/amd64');
    expect(await kindProgram(context)).toBe(`${root}/bin/kind`);
  });

  test.each(['kind v0.30.0 go1.24.6 linux/amd64', 'something else'])(
    'one that says "%s" is passed over for one that Go brings',
    async (said) => {
      program('bin/kind', `echo ${said}`);
      expect(await kindProgram(context)).toMatch(`${root}/kafka-ha/kind-`);
    },
  );

  function program(file: string, body: string): void {
    mkdirSync(join(root, 'bin'), { recursive: true });
    writeFileSync(join(root, file), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
});
