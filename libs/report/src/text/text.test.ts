import { describe, expect, test } from '@jest/globals';
import { grouped } from '@kafka-ha/base';
import { counted, percent, percentAtMost, seconds, shortSeconds } from './numbers.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { markup } from './markup.ts';

describe('text', () => {
  test('a measured time has its milliseconds, a promised one what it needs', () => {
    expect([seconds(5312), seconds(90_000), seconds(7)]).toEqual(['5.312 s', '90.000 s', '0.007 s']);
    expect([shortSeconds(10_000), shortSeconds(2500)]).toEqual(['10 s', '2.5 s']);
  });

  test('what is not whole never reads 100 %, and a bound is never better than it is', () => {
    expect([percent(1), percent(0.999_999_9), percent(0.29)]).toEqual(['100 %', '99.999 %', '29 %']);
    expect([percentAtMost(0.0201), percentAtMost(0.3)]).toEqual(['2.1 %', '30 %']);
  });

  test('counts are written alike everywhere', () => {
    expect([grouped(12_400), counted(0, 'record'), counted(1, 'record'), counted(1200, 'record')]).toEqual([
      '12,400',
      'no record',
      '1 record',
      '1,200 records',
    ]);
  });

  test('values in markup are escaped, markup in markup is not', () => {
    const name = '<script>"&\'';
    expect(markup`<p title="${name}">${[markup`<b>${1}</b>`, false, null, name]}</p>`.markup).toBe(
      '<p title="&lt;script&gt;&quot;&amp;&#39;"><b>1</b>&lt;script&gt;&quot;&amp;&#39;</p>',
    );
  });

  test('nothing in a text is markup for GitHub, and plain sentences stay readable in the source', () => {
    expect(escapeMarkdown('The limit is 10 s; partition 7: 17.294 s (99.2 %).')).toBe(
      'The limit is 10 s; partition 7: 17.294 s (99.2 %).',
    );
    const hostile = '- a|b `c` *d* [e](f) <g> #1 @someone https://h www.i.j\n1. k';
    const escaped = escapeMarkdown(hostile);
    expect(escaped).not.toMatch(/[|`*[\]<>@\n]|^-|:\/\/|www\.|#(?!\d+;)/);
    expect(escaped).toContain('&#64;&#8203;someone');
    expect(escapeMarkdown('1. first')).toBe('1&#46; first');
    expect(escapeMarkdown(' - a')).toBe('&#45; a');
  });
});
