// Checks that what the Markdown files of this repository link to within it is there: files, and headings in them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';

const root = new URL('..', import.meta.url).pathname;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const broken = files.split('\n').filter(Boolean).flatMap(brokenLinksOf);

for (const line of broken) console.log(line);
process.exitCode = broken.length === 0 ? 0 : 1;

function brokenLinksOf(file) {
  return [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(file, link))
    .map((link) => `${file}: ${link} leads nowhere`);
}

function leadsSomewhere(file, link) {
  const [path, heading] = link.split('#');
  const target = path === '' ? file : relative(root, join(root, dirname(file), path));
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || headingsOf(target).includes(heading);
}

/** As GitHub names them. */
function headingsOf(file) {
  return [...withoutBlocks(file).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

/** Without code, in which brackets are no links. */
function textOf(file) {
  return withoutBlocks(file).replaceAll(/`[^`\n]*`/g, '');
}

function withoutBlocks(file) {
  return readFileSync(join(root, file), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
}
