import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { drillPage } from '../drill/page/drill-page.ts';
import { openBrowser } from './open-browser.ts';
import { sampleDrills, sampleLedger } from './sample-drills.ts';
import { simulateDrill } from './simulate-drill.ts';

type View = { width: number; colorScheme: 'light' | 'dark' };

const drills = [
  ...sampleDrills(),
  simulateDrill({ partitions: 60 }),
  simulateDrill({ readyAfterMs: 34_900 }),
];
const html = drillPage(drills, { ledger: sampleLedger(drills) });
const views: View[] = [320, 390, 1010, 1280].flatMap((width) => [
  { width, colorScheme: 'light' as const },
  { width, colorScheme: 'dark' as const },
]);

let browser: Browser;

describe('page', () => {
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  test('the page asks for nothing, complains of nothing, and each drill has its figure', async () => {
    const told: string[] = [];
    await withPage({ width: 1280, colorScheme: 'light' }, async (page) => {
      page.on('console', (message) => told.push(message.text()));
      page.on('pageerror', (error) => told.push(error.message));
      page.on('request', (request) => told.push(request.url()));
      await page.setContent(html);
      const sizes = await page.evaluate<number[]>(
        `[...document.querySelectorAll('article svg.plot')].map((svg) => svg.getBoundingClientRect().height)`,
      );
      expect(sizes).toHaveLength(drills.length);
      expect(Math.min(...sizes)).toBeGreaterThan(200);
    });
    expect(told).toEqual([]);
  }, 60_000);

  test.each(views)(
    'at $width px ($colorScheme) nothing is wider than the screen but within a figure',
    async (view) => {
      await withPage(view, async (page) => {
        await page.setContent(html);
        expect(await page.evaluate<string[]>(tooWide)).toEqual([]);
      });
    },
    60_000,
  );

  test('on paper nothing is wider than the sheet, figures included', async () => {
    // A4 less the page's margins, at 96 px per inch.
    await withPage({ width: 703, colorScheme: 'light' }, async (page) => {
      await page.setContent(html);
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate<string[]>(tooWide)).toEqual([]);
      expect(
        await page.evaluate<number>(
          `Math.max(...[...document.querySelectorAll('.scroll')].map((scroll) => scroll.scrollWidth - scroll.clientWidth))`,
        ),
      ).toBeLessThanOrEqual(0);
    });
  }, 60_000);

  test('in a figure no text is cut off and none covers another', async () => {
    await withPage({ width: 1280, colorScheme: 'light' }, async (page) => {
      await page.setContent(html);
      expect(await page.evaluate<string[]>(badLabels)).toEqual([]);
    });
  }, 60_000);

  test.each(['light', 'dark'] as const)(
    'the page is accessible in %s colours, its figures included',
    async (colorScheme) => {
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      await withPage({ width: 1280, colorScheme }, async (page) => {
        await page.setContent(html);
        await page.evaluate(
          `document.querySelectorAll('details').forEach((details) => { details.open = true; })`,
        );
        await page.evaluate(axe);
        const violations = await page.evaluate<unknown[]>(
          `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
        );
        expect(violations).toEqual([]);
        // Axe looks at no text within a drawing.
        expect(await page.evaluate<string[]>(faintLabels)).toEqual([]);
      });
    },
    120_000,
  );

  async function withPage({ width, colorScheme }: View, use: (page: Page) => Promise<void>): Promise<void> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    try {
      await use(page);
    } finally {
      await page.close();
    }
  }

  /** What runs in the page is text, since this project's types know no document. */
  const tooWide = `
  [...document.querySelectorAll('body *')]
    .filter((element) => !element.closest('.scroll > *') && element.getBoundingClientRect().right > innerWidth + 0.5)
    .map((element) => element.outerHTML.slice(0, 120))
    .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])`;

  const badLabels = `
  [...document.querySelectorAll('figure .canvas svg')].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    const cut = labels.filter(({ box }) =>
      box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5);
    // Line boxes are taller than letters: rows that only touch do not cover each other.
    const covers = (a, b) =>
      a.left < b.right && b.left < a.right && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    const covered = labels.filter(({ box }, index) => labels.slice(index + 1).some((other) => covers(box, other.box)));
    return [...cut.map(({ text }) => 'cut off: ' + text), ...covered.map(({ text }) => 'covered: ' + text)];
  })`;

  /** Contrast as in WCAG 2, of labels with the page they stand on: 4.5 is what small text needs. */
  const faintLabels = `
  (() => {
    const luminance = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const ground = luminance(getComputedStyle(document.body).backgroundColor);
    return [...document.querySelectorAll('figure svg text')].filter((text) => {
      const ink = luminance(getComputedStyle(text).fill);
      return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) < 4.5;
    }).map((text) => text.textContent);
  })()`;
});
