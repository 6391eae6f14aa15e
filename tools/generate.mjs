// Writes the files that are generated from others; with --check, says which are out of date instead.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';

const root = new URL('..', import.meta.url).pathname;
const check = process.argv.includes('--check');
let stale = 0;

/** Each file, and the command whose output it holds. */
const generated = [{ file: 'cluster.schema.json', command: ['npx', 'tsx', 'libs/config/scripts/schema.ts'] }];

for (const { file, command } of generated) {
  const [name, ...args] = command;
  const { status, stdout, stderr } = spawnSync(name, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')} failed: ${stderr}`);
  const old = await readFile(`${root}${file}`, 'utf8').catch(() => '');
  if (old === stdout) continue;
  if (check) {
    stale += 1;
    console.error(`${file} is out of date: run npm run generate`);
  } else {
    await writeFile(`${root}${file}`, stdout);
    console.log(`${file} written`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
