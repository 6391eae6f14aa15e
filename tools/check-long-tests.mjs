// Checks that CONTRIBUTING.md names each test file that `npm test` leaves out, and none that is not there.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const root = new URL('..', import.meta.url).pathname;
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.long.e2e.ts'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
const there = files.split('\n').filter(Boolean);
const named = [
  ...readFileSync(`${root}CONTRIBUTING.md`, 'utf8').matchAll(/^\| `(.*\.long\.e2e\.ts)` /gm),
].map(([, file]) => file);

const wrong = [
  ...there.filter((file) => !named.includes(file)).map((file) => `CONTRIBUTING.md does not name ${file}`),
  ...named
    .filter((file) => !there.includes(file))
    .map((file) => `CONTRIBUTING.md names ${file}, which is not there`),
];
for (const line of wrong) console.log(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
