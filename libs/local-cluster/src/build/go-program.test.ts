import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ensureBuilt } from './artefact.ts';
import { pauseProgram } from './go-program.ts';

let calls: string[];

describe('go program', () => {
  beforeAll(async () => {
    const root = mkdtempSync(join(tmpdir(), 'go-program-'));
    process.env['XDG_CACHE_HOME'] = root;
    process.env['PATH'] = `${root}/bin:${process.env['PATH']}`;
    mkdirSync(join(root, 'bin'));
    writeFileSync(join(root, 'bin/go'), `#!/bin/sh\necho "$GOGC $GOMEMLIMIT $*" >> ${root}/calls\n`, {
      mode: 0o755,
    });
    const context = { say: () => undefined, log: '/dev/null', signal: new AbortController().signal };
    await ensureBuilt(context, pauseProgram());
    calls = readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
  });

  test('a compiler collects garbage only where memory runs short', () => {
    expect(calls).toEqual([
      expect.stringMatching(/^off \d{3,}MiB list /),
      expect.stringMatching(/^off \d{3,}MiB build /),
    ]);
  });

  test('compilers make nothing for debuggers that the linker leaves out', () => {
    expect(calls[1]).toContain(' -gcflags=all=-dwarf=false -ldflags -s -w ');
  });
});
