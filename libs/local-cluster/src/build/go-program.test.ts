import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ensureBuilt } from './artefact.ts';
import { pauseProgram } from './go-program.ts';

test('a compiler collects garbage only where memory runs short', async () => {
  const root = mkdtempSync(join(tmpdir(), 'go-program-'));
  process.env['XDG_CACHE_HOME'] = root;
  process.env['PATH'] = `${root}/bin:${process.env['PATH']}`;
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/go'), `#!/bin/sh\necho "$1 $GOGC $GOMEMLIMIT" >> ${root}/calls\n`, {
    mode: 0o755,
  });
  const job = { say: () => undefined, log: '/dev/null', signal: new AbortController().signal };
  await ensureBuilt(job, pauseProgram());
  const calls = readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
  expect(calls).toEqual([
    expect.stringMatching(/^list off \d{3,}MiB$/),
    expect.stringMatching(/^build off \d{3,}MiB$/),
  ]);
});
