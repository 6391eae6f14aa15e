import { describe, expect, test } from '@jest/globals';
import type { ReplicaFindings } from '@kafka-ha/history';
import { drillMarkdown } from '../markdown/drill-markdown.ts';
import { aDrillResult, sampleDrills, sampleLedger, simulateDrill } from '../../testing.ts';
import { drillPage } from './drill-page.ts';

describe('drillPage', () => {
  test('the page needs nothing from elsewhere and runs nothing', () => {
    const page = drillPage(sampleDrills());
    expect(page).not.toMatch(/<script|<link rel="stylesheet"|@import|src=|https?:|javascript:| on\w+=/);
    expect(page.match(/url\([^)]*\)/g)?.every((url) => url.startsWith('url(#'))).toBe(true);
  });

  test('each drill is in the table, and the table leads to it', () => {
    const page = drillPage(sampleDrills());
    for (let number = 1; number <= 10; number += 1) {
      expect(page).toContain(`<a href="#drill-${number}">`);
      expect(page).toContain(`<article id="drill-${number}"`);
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('why a drill failed and which records were lost is said', () => {
    const page = drillPage(sampleDrills());
    expect(page).toContain(
      '<h1><span class="icon" aria-hidden="true">✗</span>1 of 10 drills failed: crash-node</h1>',
    );
    expect(page).toContain('<li>3 acknowledged records were lost.</li>');
    expect(page).toContain('<strong>record 7/1041, offset 1053</strong>');
  });

  test('how much of the replicas was compared is said, and which of them lacks records', () => {
    const page = drillPage([aDrillResult({ replicas: aReplicaThatLacks })]);
    expect(page).toContain('Of the replicas&#39; logs 10 of 1,000 batches in 1 partition were compared.');
    expect(page).toContain('<strong>drill-0 on events-kafka-1</strong> ends at offset 10 of 1000');
    expect(page).toContain('<strong>drill-0 on events-kafka-2</strong> begins at offset 900, and offset 0');
    expect(drillMarkdown([aDrillResult({ replicas: aReplicaThatLacks })])).toMatch(/10 of 1,000 batches/);
  });

  test('what keeps the metadata is called by its name', () => {
    const withZookeeper = drillPage([aDrillResult()]);
    expect(withZookeeper).toContain('Kafka 3.9.2, ZooKeeper 3.9.5, client');
    expect(withZookeeper).toContain('Brokers and ZooKeeper servers');
    expect(withZookeeper).toContain('the ZooKeeper registration was gone');

    const { cluster } = aDrillResult();
    const versions = { kafka: '4.4.0', metadata: '4.4', client: 'kafka-ha workload' };
    const withControllers = drillPage([aDrillResult({ cluster: { ...cluster, versions } })]);
    expect(withControllers).toContain('Kafka 4.4.0, KRaft metadata 4.4, client');
    expect(withControllers).toContain('Brokers and controllers');
    expect(withControllers).toContain('the controllers had fenced the broker');
    expect(withControllers).not.toContain('the ZooKeeper registration');
  });

  const aReplicaThatLacks: ReplicaFindings = {
    partitions: 1,
    batches: 10,
    longest: 1000,
    diverged: [],
    corrupt: [],
    behind: [{ partition: 'drill-0', broker: 'events-kafka-1', endOffset: 10, furthest: 1000 }],
    headless: [{ partition: 'drill-0', broker: 'events-kafka-2', startOffset: 900, first: 0 }],
    incomplete: [],
  };

  test('text from elsewhere stays text', () => {
    const hostile = '<script>alert(1)</script>"><img>';
    const page = drillPage([
      aDrillResult({
        fault: hostile,
        title: hostile,
        victims: [hostile],
        lifelines: [{ name: hostile, component: 'kafka', spans: [{ fromMs: 0, toMs: 1, state: 'gone' }] }],
        verdict: { result: 'no-verdict', checks: [], reasons: [hostile] },
      }),
    ]);
    expect(page).not.toMatch(/<script|<img/);
  });

  test('ten drills of 20 partitions are a page of well below 2 MB, and so is a long one of 60', () => {
    expect(drillPage(sampleDrills()).length).toBeLessThan(500_000);
    const long = simulateDrill({ partitions: 60, toMs: 600_000 });
    expect(drillPage([long]).length).toBeLessThan(1_000_000);
  });

  test('the ledger’s newest entries come first', () => {
    const results = [aDrillResult()];
    const page = drillPage(results, { ledger: sampleLedger(results, 25) });
    expect(page).toContain('The newest 20 of 25 drills');
    expect(page.indexOf('2026-10-25 03:00')).toBeLessThan(page.indexOf('2026-10-24 03:00'));
    expect(page).not.toContain('2026-10-05 03:00');
    expect(drillPage(results)).not.toContain('Ledger');
  });

  test('without a drill there is a page that says so', () => {
    expect(drillPage([])).toContain('No drill was run');
  });
});
