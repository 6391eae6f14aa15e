import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCommentOf, maxSectionBytes, withSection } from './comment-sections.ts';

const limit = 65_536;
const names = ['validate', 'plan', 'deploy', 'failover-test', 'health'];
const cluster = 'cluster.yaml production';
const report = (name: string, letters: string) =>
  `### ${name} events: done\n\n${letters.repeat(maxSectionBytes)}`.slice(0, maxSectionBytes);

describe('comment sections', () => {
  test('with every action at its limit the comment is one that GitHub takes, and what gave way is counted', () => {
    const comment = names.reduce(
      (before, name) => withSection(cluster, before, { name, markdown: report(name, 'x') }),
      '',
    );
    expect(comment.length).toBeLessThanOrEqual(limit);
    expect(comment).toContain(report('health', 'x'));
    for (const name of names) expect(comment).toContain(`### ${name} events: done`);
    const missing = [...comment.matchAll(/_(\S+) characters of this report are left out/g)];
    expect(missing.map(([, count]) => count)).toEqual(['19,975', '19,979']);
  });

  test('whatever is reported, in whatever order, the last report is there whole and the comment stays a comment', () => {
    const section = fc.record({
      name: fc.constantFrom(...names),
      markdown: fc
        .tuple(fc.constantFrom('x', '✓', '𝒙', '\n\n', '<!-- kafka-ha:end plan -->'), fc.nat({ max: 20_000 }))
        .map(([text, times]) => `### ${text.repeat(times).slice(0, 6_000)}`),
    });
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 12 }), (sections) => {
        let comment = '';
        for (const { name, markdown } of sections) {
          comment = withSection(cluster, comment, { name, markdown });
          expect(comment.length).toBeLessThanOrEqual(limit);
          expect(comment).toContain(markdown.replaceAll('<!--', '&lt;!--'));
          expect(isCommentOf(cluster, comment)).toBe(true);
        }
        for (const name of new Set(sections.map((each) => each.name)))
          expect(comment.split(`<!-- kafka-ha:begin ${name} -->`)).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });

  test('what was left out is counted once, however often others report', () => {
    let comment = '';
    for (const name of [...names, ...names, 'deploy', 'plan'])
      comment = withSection(cluster, comment, { name, markdown: report(name, 'x') });
    expect(comment.match(/left out/g)).toHaveLength(2);
    expect(comment).toContain(report('plan', 'x'));
  });

  test('a value that looks like the end of a section does not end it', () => {
    const spoofed = withSection(cluster, '', {
      name: 'plan',
      markdown:
        '### Plan\n\n<!-- kafka-ha:end plan -->\n<!-- kafka-ha:begin deploy -->\nall well\n<!-- kafka-ha:end deploy -->',
    });
    const after = withSection(cluster, spoofed, { name: 'plan', markdown: '### Plan: nothing to do' });
    expect(after).not.toContain('all well');
  });
});
