#!/usr/bin/env node
// No file imports itself by way of others, not even for a type: whoever reads one of a circle has to read all.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import process from 'node:process';

const root = new URL('..', import.meta.url).pathname;
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'libs', 'apps'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\/src\/.*\.ts$/.test(file));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

const circles = findCircles();
for (const circle of circles) console.error(`a circle of files: ${[...circle, circle[0]].join(' → ')}`);
if (circles.length === 0) console.log(`${files.length} files, no circle`);
process.exitCode = circles.length === 0 ? 0 : 1;

function importsOf(file) {
  let text;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    return []; // Deleted, and not committed yet.
  }
  return [...text.matchAll(/^(?:import|export)\b[^;]*? from '(\.[^']+)';/gm)].map(([, path]) =>
    normalize(join(dirname(file), path)),
  );
}

/** One circle for each import that leads back to where the search comes from. */
function findCircles() {
  const found = [];
  const done = new Set();
  const path = [];
  const visit = (file) => {
    if (path.includes(file)) return void found.push(path.slice(path.indexOf(file)));
    if (done.has(file)) return;
    path.push(file);
    for (const next of imports.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of files) visit(file);
  return found;
}
