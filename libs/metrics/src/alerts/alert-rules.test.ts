import { describe, expect, test } from '@jest/globals';
import { VOLUME_FILL } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { findingCatalogue, type FindingCode } from '@kafka-ha/health';
import { stringify } from 'yaml';
import { hasPromtool, runPromtool } from '../testing/promtool.ts';
import { dashboard } from '../dashboard/render-dashboard.ts';
import { alertRules } from './alert-rules.ts';
import { operatorObjects, ruleFile, ruleFileYaml, type RenderOptions } from './render-rules.ts';

const spec = aSpec({ metrics: {}, topics: [{ name: 'events', partitions: 20 }] });
const withPromtool = hasPromtool ? test : test.skip;
const options = { docs: 'https://example.com/docs' };

/** What is seen of a healthy cluster, every 15 s: a value and what is added to it each time. */
const healthy: Record<string, string> = {
  [series('losses_left')]: '2',
  [series('partitions', 'state="offline"')]: '0',
  [series('partitions', 'state="under_min_isr"')]: '0',
  [series('controller_active')]: '1',
  [series('quorum_servers', 'mode="leader"')]: '1',
  [series('quorum_servers', 'mode="follower"')]: '2',
  [series('quorum_servers', 'mode="unreachable"')]: '0',
  [series('quorum_servers_expected')]: '3',
  // As full as retention is computed to let it be.
  [series('volume_used_ratio', 'broker="3"')]: String(VOLUME_FILL),
  // 10 MB/s on disk: less than half of the file's 25 MB/s.
  [series('topic_records_written_total', 'topic="events"')]: '0+150000',
  [series('topic_record_bytes', 'topic="events"')]: '1000',
  [series('group_retention_used_ratio', 'group="billing",topic="events",partition="0"')]: '0.1',
  [series('source_readable', 'source="topics"')]: '1',
  [series('reassignments')]: '0',
  [finding('throttle-left', 'warning')]: '0',
  [finding('reassignment-ongoing', 'warning')]: '0',
  [finding('disk-full', 'error')]: '0',
};

function series(name: string, labels = ''): string {
  return `kafka_ha_${name}{kafka_cluster="events"${labels === '' ? '' : `,${labels}`}}`;
}

function finding(code: FindingCode, severity: 'error' | 'warning'): string {
  return series('findings', `code="${code}",severity="${severity}"`);
}

/** For so many minutes, after one and before two of what is normal. */
function during(minutes: number, value: number, normal: number): string {
  return `${normal}x3 ${value}x${4 * minutes - 1} ${normal}x7`;
}

type Scene = {
  alert: string;
  name: string;
  labels?: string;
  fires: [minutes: number, value: number];
  quiet: [number, number];
  normal: number;
};

/** Of each alert what makes it fire, and what is no reason yet: something shorter, or less of it. */
const scenes: Scene[] = [
  {
    alert: 'KafkaHaPartitionsOffline',
    name: 'partitions',
    labels: 'state="offline"',
    fires: [2, 3],
    quiet: [0.5, 3],
    normal: 0,
  },
  {
    alert: 'KafkaHaWritesRefused',
    name: 'partitions',
    labels: 'state="under_min_isr"',
    fires: [2, 3],
    quiet: [0.5, 3],
    normal: 0,
  },
  // Two brokers at once are back and in sync within two minutes, and a roll of five takes one at a time.
  { alert: 'KafkaHaNoLossLeft', name: 'losses_left', fires: [4, 0], quiet: [1.5, 0], normal: 2 },
  { alert: 'KafkaHaToleranceReduced', name: 'losses_left', fires: [18, 1], quiet: [11, 1], normal: 2 },
  { alert: 'KafkaHaNoController', name: 'controller_active', fires: [3, 0], quiet: [0.5, 0], normal: 1 },
  {
    alert: 'KafkaHaQuorumReduced',
    name: 'quorum_servers',
    labels: 'mode="follower"',
    fires: [18, 1],
    quiet: [11, 1],
    normal: 2,
  },
  {
    alert: 'KafkaHaVolumeFilling',
    name: 'volume_used_ratio',
    labels: 'broker="3"',
    fires: [15, 0.88],
    quiet: [60, 0.87],
    normal: VOLUME_FILL,
  },
  {
    alert: 'KafkaHaVolumeFull',
    name: 'volume_used_ratio',
    labels: 'broker="3"',
    fires: [3, 0.93],
    quiet: [3, 0.92],
    normal: VOLUME_FILL,
  },
  {
    alert: 'KafkaHaConsumerNearRetention',
    name: 'group_retention_used_ratio',
    labels: 'group="billing",topic="events",partition="0"',
    fires: [5, 0.5],
    quiet: [60, 0.49],
    normal: 0.1,
  },
  {
    alert: 'KafkaHaConsumerLosesRecords',
    name: 'group_retention_used_ratio',
    labels: 'group="billing",topic="events",partition="0"',
    fires: [5, 0.8],
    quiet: [60, 0.79],
    normal: 0.1,
  },
  {
    alert: 'KafkaHaPartitionsUnknown',
    name: 'source_readable',
    labels: 'source="topics"',
    fires: [2, 0],
    quiet: [0.5, 0],
    normal: 1,
  },
  {
    alert: 'KafkaHaFindingError',
    name: 'findings',
    labels: 'code="disk-full",severity="error"',
    fires: [18, 1],
    quiet: [11, 1],
    normal: 0,
  },
  {
    alert: 'KafkaHaFindingWarning',
    name: 'findings',
    labels: 'code="throttle-left",severity="warning"',
    fires: [70, 1],
    quiet: [55, 1],
    normal: 0,
  },
];

describe('alertRules', () => {
  withPromtool('the rules are such as Prometheus takes, in both modes', () => {
    for (const mode of ['zookeeper', 'kraft'] as const)
      runPromtool(['check', 'rules'], { 'rules.yaml': ruleFileYaml(aSpec({ mode, metrics: {} }), options) });
  });

  withPromtool('of a healthy cluster none fires', () => {
    expectFiring(healthy, []);
  });

  withPromtool.each(scenes)('$alert fires where it should', ({ alert, name, labels, fires, normal }) => {
    const scene = { ...healthy, [series(name, labels)]: during(...fires, normal) };
    expectFiring(scene, [alert], { only: alert, minutes: fires[0] + 3 });
  });

  withPromtool.each(scenes)('$alert does not fire for less', ({ alert, name, labels, quiet, normal }) => {
    const scene = { ...healthy, [series(name, labels)]: during(...quiet, normal) };
    expectFiring(scene, [], { only: alert, minutes: quiet[0] + 3 });
  });

  withPromtool('the loss of the whole quorum is told at once, that of one server is not', () => {
    const leader = { [series('quorum_servers', 'mode="leader"')]: during(3, 0, 1) };
    expectFiring({ ...healthy, ...leader }, [], { only: 'KafkaHaQuorumLost' });
    const followers = { [series('quorum_servers', 'mode="follower"')]: during(3, 0, 2) };
    expectFiring({ ...healthy, ...leader, ...followers }, ['KafkaHaQuorumLost'], {
      only: 'KafkaHaQuorumLost',
    });
  });

  withPromtool('the rate of the file is near when four fifths of it are written', () => {
    const written = series('topic_records_written_total', 'topic="events"');
    const only = 'KafkaHaIngestNearLimit';
    // At 1,000 bytes a record, of 25 MB/s: 19 MB/s and 21 MB/s.
    expectFiring({ ...healthy, [written]: '0+285000' }, [], { only });
    expectFiring({ ...healthy, [written]: '0+315000' }, [only], { only });
  });

  withPromtool('that nothing is known is an alert, and a pod that is replaced is not', () => {
    const only = 'KafkaHaNobodyWatches';
    const left = series('losses_left');
    expectFiring({ ...healthy, [left]: '2x3 stale _x60 2x7' }, [only], { only });
    expectFiring({ ...healthy, [left]: '2x3 stale _x20 2x100' }, [], { only });
  });

  test.each(['5s', '15s', '30s', '1m'])(
    'read every %s, none waits for less than two readings',
    (interval) => {
      const of = aSpec({ metrics: { interval }, otherTopics: [{ name: 'scratch', tolerance: 0 }] });
      const leastSeconds = (2 * (of.metrics?.intervalMs ?? NaN)) / 1000 + 30;
      expect(alertRules(of).filter(({ forSeconds }) => !(forSeconds >= leastSeconds))).toEqual([]);
    },
  );

  withPromtool.each(scenes)(
    'read every minute, $alert does not fire for what one reading has shown',
    ({ alert, name, labels, fires: [, value], normal }) => {
      // For the minute until the next one, and 30 s more until that is scraped.
      const scene = { ...healthy, [series(name, labels)]: during(1.5, value, normal) };
      expectFiring(scene, [], { only: alert, minutes: 5, of: aSpec({ metrics: { interval: '1m' } }) });
    },
  );

  describe.each([
    ['KafkaHaPartitionsOffline', 'state="offline"'],
    ['KafkaHaWritesRefused', 'state="under_min_isr"'],
  ])('%s of topics that may pause', (only, state) => {
    const of = aSpec({ metrics: {}, otherTopics: [{ name: 'scratch', tolerance: 0 }] });
    const expectFiringFor = (all: string, pausable: string | undefined, alerts: string[]) => {
      const scene = {
        ...healthy,
        [series('partitions', state)]: all,
        ...(pausable !== undefined && { [series('partitions_pausable', state)]: pausable }),
      };
      expectFiring(scene, alerts, { only, of, minutes: 20 });
    };

    withPromtool('does not fire as long as a roll takes, and for what is away longer it does', () => {
      expectFiringFor(during(11, 1, 0), during(11, 1, 0), []);
      expectFiringFor(during(15, 1, 0), during(15, 1, 0), [only]);
    });

    withPromtool('fires at once where others are among them', () => {
      expectFiringFor(during(2, 4, 0), during(2, 1, 0), [only]);
    });

    withPromtool('says nothing of what a new exporter has seen for a few minutes only', () => {
      expectFiringFor('_x10 1x20 0x40', '_x10 1x20 0x40', []);
    });

    withPromtool('takes none of them for one that may where the exporter does not tell them apart', () => {
      expectFiringFor(during(2, 3, 0), undefined, [only]);
    });
  });

  withPromtool('while replicas are moved nothing fires for it, and what is left of it is told', () => {
    const codes = [
      'reassignment-ongoing',
      'broker-unexpected',
      'topic-breaks-promise',
      'min-isr-outranked',
      'leaders-not-preferred',
      'leaders-uneven',
    ] as const;
    const found = Object.fromEntries(
      codes.map((code) => [finding(code, findingCatalogue[code].severity), '1']),
    );
    const moving = { ...healthy, ...found, [series('reassignments')]: '12' };
    expectFiring(moving, [], { minutes: 200 });
    const disk = { [finding('disk-full', 'error')]: '1' };
    expectFiring({ ...moving, ...disk }, ['KafkaHaFindingError'], { minutes: 200 });
    const over = { [series('reassignments')]: '12x400 0x400' };
    expectFiring({ ...moving, ...over }, ['KafkaHaFindingError', 'KafkaHaFindingWarning'], { minutes: 200 });
  });

  withPromtool('for days of a migration nothing fires, and for the other quorum it does', () => {
    const of = aSpec({ mode: 'dual-write', metrics: {}, topics: [{ name: 'events', partitions: 20 }] });
    const migrating = { ...healthy, [finding('migration-in-progress', 'warning')]: '1' };
    expectFiring(migrating, [], { of, minutes: 200 });
    const lost = { ...migrating, [finding('zookeeper-no-leader', 'error')]: '1' };
    expectFiring(lost, ['KafkaHaFindingError'], { of, minutes: 20 });
  });

  withPromtool('no alert fires while a roll of all pods takes one after the other', () => {
    // 45 s away, and a sample that sees it whole is seldom.
    const left = `2x3 ${Array.from({ length: 5 }, () => '1 1 1 2').join(' ')} 2x10`;
    expectFiring({ ...healthy, [series('losses_left')]: left }, [], { minutes: 8 });
  });

  test('where a topic bears the loss of one broker alone, that none is left is told after a roll', () => {
    const waits = (tolerance: number) =>
      alertRules(aSpec({ otherTopics: [{ name: 'connect-*', tolerance }] })).find(
        ({ alert }) => alert === 'KafkaHaNoLossLeft',
      )?.forSeconds;
    expect(waits(1)).toBeGreaterThan(waits(0) ?? NaN);
    expect(waits(2)).toBe(waits(0));
  });

  test('each alert has a scene', () => {
    const other = ['KafkaHaQuorumLost', 'KafkaHaIngestNearLimit', 'KafkaHaNobodyWatches'];
    expect(
      alertRules(spec)
        .map(({ alert }) => alert)
        .sort(),
    ).toEqual([...scenes.map(({ alert }) => alert), ...other].sort());
  });

  test('a cluster that has a name of its own among metrics is known by that alone', () => {
    const of = aSpec({ metrics: { cluster: 'events-production' } });
    expect(ruleFileYaml(of, options)).not.toMatch(/kafka_cluster="(?!events-production")/);
    expect(JSON.stringify(dashboard(of))).not.toMatch(/kafka_cluster=\\"(?!events-production\\")/);
    expect(dashboard(of).uid).not.toBe(dashboard(spec).uid);
  });

  test('limits follow from the file', () => {
    const rule = (of: typeof spec, alert: string) => alertRules(of).find((each) => each.alert === alert);
    const larger = aSpec({
      tolerance: 3,
      brokers: 12,
      ingest: { rate: '200MB/s' },
      resources: { cpu: 4, memory: '8Gi' },
      storage: { size: '500Gi', throughput: '500MB/s' },
    });
    expect(rule(spec, 'KafkaHaToleranceReduced')?.expr).toMatch(/< 2$/);
    expect(rule(larger, 'KafkaHaToleranceReduced')?.expr).toMatch(/< 3$/);
    expect(rule(larger, 'KafkaHaToleranceReduced')?.forSeconds).toBeGreaterThan(
      rule(spec, 'KafkaHaToleranceReduced')?.forSeconds ?? 0,
    );
    expect(rule(larger, 'KafkaHaIngestNearLimit')?.expr).toContain('/ 50000000 > 0.8');
    expect(rule(larger, 'KafkaHaWritesRefused')?.description).toContain('4 replicas');
  });

  test('alerts link to their section where the documentation is said to be, and else to nothing', () => {
    const linked = alertRules(spec).map(
      ({ alert }) => `https://example.com/docs/monitoring.md#${alert.toLowerCase()}`,
    );
    expect(linksOf(options)).toEqual(linked);
    expect(linksOf({})).toEqual([]);
  });

  test('for the operator they are the same rules, beside what to scrape', () => {
    const [monitor, rules] = operatorObjects(spec, options);
    expect(rules).toMatchObject({ kind: 'PrometheusRule', spec: ruleFile(spec, options) });
    expect(monitor).toMatchObject({
      kind: 'PodMonitor',
      metadata: { namespace: 'kafka' },
      spec: { podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }] },
    });
  });

  function linksOf(options: RenderOptions): string[] {
    return [...ruleFileYaml(spec, options).matchAll(/runbook_url: (.*)/g)].map(([, link = '']) => link);
  }

  /** Which alerts fire at any time of a scene that lasts so long; with `only`, of that one alone. */
  function expectFiring(
    scene: Record<string, string>,
    alerts: string[],
    { only, minutes = 30, of = spec }: { only?: string; minutes?: number; of?: typeof spec } = {},
  ): void {
    const exp_samples = alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 }));
    const firing = `max by (alertname) (max_over_time(ALERTS{alertstate="firing"}[${Math.ceil(minutes)}m]))`;
    // What is normal goes on to the end.
    const input_series = Object.entries(scene).map(([series, values]) => ({
      series,
      values: /[ x]/.test(values) ? values : `${values}x${Math.ceil(4 * minutes)}`,
    }));
    const tests = {
      rule_files: ['rules.yaml'],
      evaluation_interval: '15s',
      tests: [
        {
          interval: '15s',
          input_series,
          promql_expr_test: [{ expr: firing, eval_time: `${60 * minutes}s`, exp_samples }],
        },
      ],
    };
    const [group] = ruleFile(of, options)['groups'] as { name: string; rules: { alert: string }[] }[];
    const rules = group?.rules.filter(({ alert }) => only === undefined || alert === only);
    const file = { groups: [{ ...group, rules }] };
    runPromtool(['test', 'rules'], { 'tests.yaml': stringify(tests), 'rules.yaml': stringify(file) });
  }
});
