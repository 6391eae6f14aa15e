// Checks the workflows and actions with this repository's own rules, actionlint and zizmor; `.github/zizmor.yml` names the
// exceptions.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { actionlint, zizmor } from './programs.mjs';

const cwd = new URL('..', import.meta.url).pathname;
const results = [
  check(process.execPath, ['tools/workflow-rules.mjs']),
  // Without shellcheck and pyflakes, which one machine has and another has not.
  check(await actionlint(), ['-shellcheck=', '-pyflakes=']),
  check(await zizmor(), [
    '--quiet',
    '--persona',
    'pedantic',
    '--offline',
    '--no-progress',
    '.github',
    'apps',
  ]),
];
process.exitCode = results.every((status) => status === 0) ? 0 : 1;

function check(program, args) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (error) throw error;
  return status;
}
