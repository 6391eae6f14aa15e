import { describe, expect, test } from '@jest/globals';
import type { MigrationPlan } from '@kafka-ha/planning';
import { migrationPlanMarkdown, migrationPlanText } from './migration-plan-text.ts';

const plan: MigrationPlan = {
  cluster: { name: 'events', namespace: 'kafka', server: 'https://a' },
  direction: 'forward',
  from: 'zookeeper',
  stage: 'it uses ZooKeeper alone',
  to: 'dual-write',
  steps: [
    { id: 'controllers', title: 'Start the controllers', restarts: 0 },
    { id: 'join', title: 'Restart the brokers', restarts: 3 },
  ],
  estimateMs: 90_000,
  refusals: [],
};
const refusal = { why: 'A topic is being deleted.', hint: 'Wait.', details: ['old_topic'] };

describe('migration plan', () => {
  test('it says where the cluster is, each step with its restarts, and whether there is a way back', () => {
    expect(migrationPlanText(plan))
      .toBe(`kafka/events: it uses ZooKeeper alone; to mode dual-write in about 90s
  1. Start the controllers
  2. Restart the brokers: 3 restarts

Until \`kafka-ha migrate --finalize\` there is a way back: \`kafka-ha migrate --back\`.`);
    expect(migrationPlanText({ ...plan, direction: 'finalize' })).toContain(
      'There is no way back from this.',
    );
  });

  test('what stands in the way is named, with what to do', () => {
    const text = migrationPlanText({ ...plan, refusals: [refusal] });
    expect(text).toContain('It cannot begin now:\n  A topic is being deleted.\n    old_topic\n    Wait.');
    expect(migrationPlanMarkdown({ ...plan, refusals: [refusal] })).toContain('  - old&#95;topic');
  });

  test('nothing to do is said', () => {
    expect(migrationPlanText({ ...plan, steps: [] })).toBe(
      'kafka/events: it uses ZooKeeper alone; nothing to do',
    );
  });
});
