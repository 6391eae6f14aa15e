import { describe, expect, test } from '@jest/globals';
import { KafkaHaError, type StepRecord } from '@kafka-ha/base';
import { runSummary, type RunReport } from './run-summary.ts';

describe('runSummary', () => {
  test('a run that is done says so first, and shows its steps', () => {
    expect(runSummary(aReport({})).join('\n\n').split('\n')).toEqual([
      '### ✅ Deploy kafka/events: done',
      '',
      '| step | outcome | took |',
      '| --- | --- | ---: |',
      '| Apply | 31 objects | 1.2 s |',
    ]);
  });

  test('a cancelled run says where it stopped and what to do', () => {
    const steps = new Map<string, StepRecord>([
      ['wait', { title: 'Wait for the brokers', state: 'running', detail: '3 of 5 ready' }],
      ['prove', { title: 'Prove it', state: 'ahead' }],
    ]);
    const error = new KafkaHaError('aborted', 'cancelled', {
      hint: 'Run it again: it continues where it stopped.',
    });
    const summary = runSummary(aReport({ steps, end: { kind: 'cancelled', error } })).join('\n\n');
    expect(summary).toContain('### ⏹️ Deploy kafka/events: cancelled');
    expect(summary).toContain('**cancelled** It stopped at “Wait for the brokers”.');
    expect(summary).toContain('→ Run it again: it continues where it stopped.');
    expect(summary).toContain('| Wait for the brokers | **stopped here:** 3 of 5 ready |  |');
    expect(summary).toContain('| Prove it | not reached |  |');
  });

  test("a pod's log cannot break out of its box, nor mention anybody", () => {
    const details = ['</pre><script>alert(1)</script>', '', '| @octocat |'];
    const error = new KafkaHaError('pod-failed', 'pod events-kafka-0 <fails> @octocat', { details });
    const summary = runSummary(aReport({ end: { kind: 'failed', error } })).join('\n\n');
    expect(summary).not.toContain('<script>');
    expect(summary).not.toContain('<fails>');
    expect(summary).toContain('&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n&nbsp;\n');
  });

  function aReport(changes: Partial<RunReport>): RunReport {
    const steps = new Map<string, StepRecord>([
      ['apply', { title: 'Apply', state: 'done', detail: '31 objects', tookMs: 1_200 }],
    ]);
    const end = { kind: 'done' } as const;
    return {
      title: 'Deploy',
      subject: 'kafka/events',
      end,
      steps,
      sections: [],
      problems: [],
      ...changes,
    };
  }
});
