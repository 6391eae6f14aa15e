import { describe, expect, test } from '@jest/globals';
import { planDifferences, planOutcome, type Plan } from '@kafka-ha/planning';
import { aPlan } from '@kafka-ha/planning/testing';
import { planHeadline, planSections } from './plan-lines.ts';
import { planMarkdown } from './plan-markdown.ts';

const twoRestarts: Plan['restarts'] = [
  { pod: 'events-kafka-1', component: 'kafka', why: 'broker' },
  { pod: 'events-kafka-0', component: 'kafka', why: 'controller' },
];

describe('plan', () => {
  test('a plan without a change is nothing to do, whatever topics are left as they are', () => {
    const plan = aPlan({ topics: [{ kind: 'left', topic: 'old', why: 'it has 3 partitions' }] });
    expect(planOutcome(plan)).toBe('nothing');
    expect(planHeadline(plan)).toMatch(/^nothing to do/);
  });

  test('what restarts do to a topic that may pause is said, and is no change by itself', () => {
    const plan = aPlan({ topics: [{ kind: 'pause', topic: 'scratch', why: 'is partly unavailable' }] });
    expect(planOutcome(plan)).toBe('nothing');
    expect(planSections(plan)).toEqual([
      { title: 'Topics', lines: [{ sign: '!', text: 'scratch is partly unavailable' }] },
    ]);
  });

  test('a refusal is one, whatever else changes', () => {
    const obstacles = [{ kind: 'refused' as const, why: 'no way back' }];
    expect(planOutcome(aPlan({ obstacles, restarts: twoRestarts }))).toBe('refused');
    expect(planOutcome(aPlan({ obstacles: [{ kind: 'wait', why: 'later' }], restarts: twoRestarts }))).toBe(
      'changes',
    );
  });

  test('the restarts stand in order, with today’s controller as such, and what may be lost meanwhile', () => {
    const plan = aPlan({ restarts: twoRestarts, estimateMs: 26_000 });
    expect(planHeadline(plan)).toBe(
      '0 objects, 0 settings, 2 restarts; meanwhile 1 more broker may be lost at once',
    );
    expect(planSections(plan)).toEqual([
      {
        title: 'Restarts, one at a time, in about 26 s',
        lines: [
          { sign: '~', text: '1. events-kafka-1' },
          { sign: '~', text: '2. events-kafka-0, the controller now' },
        ],
      },
    ]);
  });

  test('in Markdown each section is a diff', () => {
    const plan = aPlan({
      objects: [
        { kind: 'create', object: 'Service events-kafka-5' },
        { kind: 'change', object: 'ConfigMap a', fields: [{ path: 'data: x', from: '1', to: '2' }] },
      ],
      keys: [{ key: 'x', how: 'dynamic', brokers: 'all', from: '1', to: '2' }],
    });
    expect(planMarkdown(plan)).toBe(`**kafka/events in context one: 2 objects, 1 setting, no restart**

**Objects**

\`\`\`diff
+ Service events-kafka-5
! ConfigMap a
    data: x: 1 → 2
\`\`\`

**Kafka settings**

\`\`\`diff
! x: 1 → 2, at once
\`\`\`
`);
  });

  test('a plan is still the reviewed one when only order and health differ', () => {
    const reviewed = aPlan({ restarts: twoRestarts });
    expect(planDifferences(reviewed, aPlan({ restarts: twoRestarts.toReversed(), estimateMs: 1 }))).toEqual(
      [],
    );
    expect(planDifferences(reviewed, aPlan({ restarts: twoRestarts.slice(0, 1) }))).toEqual([
      'no longer: {"restart":"events-kafka-0"}',
    ]);
  });

  test.each([
    ['x\n`````\n### ✅ Plan: nothing to do\n@octocat', 6],
    ['```` <!-- kafka-ha:end plan --> @octocat', 5],
    ['plain', 3],
  ])('nothing in a value (%j) leaves the block that it is shown in', (value, backticks) => {
    const plan = aPlan({
      keys: [{ key: 'log.cleaner.threads', how: 'dynamic', brokers: 'all', from: null, to: value }],
    });
    const lines = planMarkdown(plan).split('\n');
    const fences = lines.filter((line) => /^`{3,}/.test(line));
    expect(fences).toEqual([`${'`'.repeat(backticks)}diff`, '`'.repeat(backticks)]);
    expect(lines.filter((line) => line.startsWith('! '))).toHaveLength(1);
    expect(lines.join('\n')).not.toMatch(/^###|@octocat|<!--|-->/m);
  });

  test('what could not be seen is written out in every line of a plan', () => {
    const plan = aPlan({
      obstacles: [{ kind: 'wait', why: 'a\r\nb\tc\u001b[2J\u202etxt\u2028\u0085' }],
    });
    expect(planSections(plan)[0]?.lines).toEqual([
      { sign: '!', text: 'a\\r\\nb\\tc\\u{1b}[2J\\u{202e}txt\\u{2028}\\u{85}' },
    ]);
  });

  test('what is deleted stands first, in the headline, too', () => {
    const plan = aPlan({
      deletions: [{ topic: 'orders', why: 'about 280Mi of its 400Mi' }],
      keys: [{ key: 'log.retention.bytes', how: 'dynamic', brokers: 'all', from: '9', to: '1' }],
      obstacles: [{ kind: 'wait', why: 'later' }],
    });
    expect(planHeadline(plan)).toBe('records of 1 topic are deleted; 0 objects, 1 setting, no restart');
    expect(planSections(plan)[0]).toEqual({
      title: 'Records that are deleted, about 20 s after the setting takes effect',
      lines: [{ sign: '-', text: 'orders: about 280Mi of its 400Mi' }],
    });
  });

  test('a plan for another API server is another plan, whatever its context is called', () => {
    const { cluster } = aPlan();
    expect(planDifferences(aPlan(), aPlan({ cluster: { ...cluster, context: 'two' } }))).toEqual([]);
    const elsewhere = aPlan({ cluster: { ...cluster, server: 'https://two.example:6443' } });
    expect(planDifferences(aPlan(), elsewhere)).toHaveLength(2);
  });

  test('a topic whose records would be deleted by now was not reviewed; how many may differ', () => {
    const [some, more] = ['about 1Gi', 'about 2Gi'].map((why) => [{ topic: 'orders', why }]);
    expect(planDifferences(aPlan({ deletions: some! }), aPlan({ deletions: more! }))).toEqual([]);
    expect(planDifferences(aPlan(), aPlan({ deletions: more! }))).toEqual([
      'not reviewed: {"deletesRecordsOf":"orders"}',
    ]);
  });
});
