// Takes the pictures of README, of what `kafka-ha drill` and `kafka-ha plan --markdown` have written about a real cluster:
// `npm run pictures -- drill-report/drills.html plan.md`.
import { createRequire } from 'node:module';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { marked } from 'marked';
import { openBrowser } from '../libs/report/src/testing/open-browser.ts';

/** As wide as the figures of a drill need to stand side by side, and sharper than that for screens that are. */
const view = { viewport: { width: 972, height: 600 }, deviceScaleFactor: 1.5, colorScheme: 'light' };
/** Around what is shown, for pages that are dark. */
const margin = 24;

const signs = { '+': 'added', '-': 'removed', '!': 'changed' };
const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const [report, plan] = process.argv.slice(2);
if (plan === undefined) throw new Error('name the page of a drill, and the Markdown of a plan');

const browser = await openBrowser();
try {
  await take('report.png', await readFile(report, 'utf8'));
  await take('plan.png', await asComment(await readFile(plan, 'utf8')));
} finally {
  await browser.close();
}

async function take(name, html) {
  const page = await browser.newPage(view);
  await page.setContent(html);
  // Of a report the first drill, without the line above it.
  const { x, y, width, height } = await page.locator('article').first().boundingBox();
  const clip = { x: x - margin, y: y + 1, width: width + 2 * margin, height: height + margin };
  const picture = await page.screenshot({ fullPage: true, clip });
  await writeFile(join(folder, name), picture);
  console.log(`docs/pictures/${name}: ${picture.length} bytes`);
}

/** As GitHub shows a comment: in its own style sheet, with the lines of a diff in its colours. */
async function asComment(markdown) {
  const style = createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css');
  const body = marked
    .parse(markdown)
    .replaceAll(/(<code class="language-diff">)([^]*?)(<\/code>)/g, (_, begin, text, end) => {
      const lines = text.split('\n').map((line) => `<span class="sign-${signs[line[0]]}">${line}</span>`);
      return begin + lines.join('\n') + end;
    });
  return `<!doctype html><meta charset="utf-8"><style>
${await readFile(style, 'utf8')}
body { margin: 0 ${margin}px; } article { padding: ${margin}px 0; font-size: 14px; }
.sign-added { color: #116329; background: #dafbe1; } .sign-removed { color: #82071e; background: #ffebe9; } .sign-changed { color: #953800; background: #ffd8b5; }
</style><article class="markdown-body">${body}</article>`;
}
