import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import fc from 'fast-check';
import { assess, lossesLeft, type FindingCode, type Reading, type State } from './index.ts';
import { defects } from './testing/defects.ts';
import { aState, change, read, withBrokerDown, withPod, withServer } from './testing.ts';

const spec = aSpec({ topics: [{ name: 'events', partitions: 20 }] });
const healthy = aState({}, spec);
const silence = (reason: string): Reading<never> => ({ kind: 'unreadable', reason });
type Source = Exclude<keyof State, 'disks' | 'cutOff' | 'zones'>;
const sources = Object.keys(healthy).filter((key) => key !== 'disks' && key !== 'cutOff') as Source[];

describe('assess', () => {
  test('a lost broker comes first, then its pod, then each topic that lacks it', () => {
    const { status, findings } = assess(spec, withBrokerDown(healthy, 3));
    expect(status).toBe('unhealthy');
    expect(findings.map(({ code, subject }) => `${code}: ${subject}`)).toEqual([
      'broker-missing: broker 3',
      'pod-not-ready: pod events-kafka-3',
      'partitions-under-replicated: topic __consumer_offsets',
      'partitions-under-replicated: topic __transaction_state',
      'partitions-under-replicated: topic __kafka_ha_probe',
      'partitions-under-replicated: topic events',
    ]);
    expect(findings[0]?.reason).toBe(
      'It is not registered. Brokers 0-2, 4 are. Its pod events-kafka-3 is not ready.',
    );
    expect(findings.at(-1)).toMatchObject({
      reason: '20 of 20 partitions with 4 of 5 replicas in sync. Out of the ISR: broker 3, not registered.',
      action: 'Follows from broker 3: once back, the replicas catch up by themselves.',
    });
  });

  test('errors come before warnings', () => {
    const state = withPod(withBrokerDown(healthy, 3), 'kafka', 0, { restarts: 1 });
    expect(assess(spec, state).findings.at(-1)?.code).toBe('pod-restarted');
  });

  test('warnings leave a cluster healthy', () => {
    expect(assess(spec, withPod(healthy, 'kafka', 0, { restarts: 1 }))).toMatchObject({
      status: 'healthy',
      findings: [{ code: 'pod-restarted', severity: 'warning' }],
    });
  });

  test.each(['pods', 'statefulSets', 'brokers', 'controllerId', 'topics', 'quorum'] as const)(
    'without %s nobody can tell, unless something else is wrong',
    (source) => {
      const blind = { ...healthy, [source]: silence('timed out') };
      expect(assess(spec, blind).status).toBe('unknown');
      const wrong = { ...blind, disks: [{ brokerId: 0, usage: read({ usedBytes: 99, sizeBytes: 100 }) }] };
      expect(assess(spec, wrong).status).toBe('unhealthy');
    },
  );

  test('one cause that hides many sources is told once', () => {
    const blind = Object.fromEntries(
      sources.map((source) => [source, silence('no route to the API server')]),
    );
    const { status, findings } = assess(spec, {
      ...(blind as Omit<State, 'disks' | 'cutOff' | 'exporter' | 'zones'>),
      disks: [],
      cutOff: [],
    });
    expect(status).toBe('unknown');
    expect(findings).toMatchObject([
      {
        code: 'source-unreadable',
        subject:
          'pods, StatefulSets, registered brokers, controller, topics, ZooKeeper, ongoing reassignments, settings of brokers',
        reason: 'No route to the API server.',
      },
    ]);
  });

  test('ZooKeeper servers that are silent together with the API server are not taken for dead', () => {
    const unreachable = change(healthy, 'quorum', (servers) =>
      servers.map(({ ordinal }) => ({ ordinal, mode: 'unreachable', reason: 'no tunnel' })),
    );
    const verdict = assess(spec, { ...unreachable, pods: silence('timed out') });
    expect(verdict).toMatchObject({ status: 'unknown', findings: [{ subject: 'pods, ZooKeeper' }] });
    expect(verdict.facts.quorum.serving).toBeNull();
    expect(assess(spec, unreachable).status).toBe('unhealthy');
  });

  test('in a migration this is so of the servers of both kinds', () => {
    const dualWrite = aSpec({ mode: 'dual-write' });
    const state = change(aState({}, dualWrite), 'otherQuorum', (servers) =>
      servers.map(({ ordinal }) => ({ ordinal, mode: 'unreachable', reason: 'no tunnel' })),
    );
    const codesOf = (state: State) => assess(dualWrite, state).findings.map(({ code }) => code);
    expect(codesOf(state)).toContain('zookeeper-no-leader');
    expect(assess(dualWrite, { ...state, pods: silence('timed out') }).findings).toMatchObject([
      { code: 'source-unreadable', subject: 'pods, ZooKeeper' },
      { code: 'migration-in-progress' },
    ]);
  });

  test('what cannot be read is never taken for something wrong', () => {
    const blindness = fc.tuple(
      fc.constantFrom(...(Object.keys(defects) as FindingCode[])),
      fc.subarray(sources, { minLength: 1 }),
      fc.nat(4),
    );
    fc.assert(
      fc.property(blindness, ([code, hidden, n]) => {
        const state = defects[code].plant(healthy, n);
        const seen = new Set<FindingCode>(assess(spec, state).findings.map((finding) => finding.code));
        const blind = hidden.reduce((each, source) => ({ ...each, [source]: silence('timed out') }), state);
        for (const finding of assess(spec, blind).findings) {
          if (finding.code === 'source-unreadable' || finding.code === 'detail-unreadable') continue;
          // Whether a silent server has a pod at all is not known without the pods.
          if (finding.code === 'zookeeper-server-not-serving' && seen.has('zookeeper-server-missing'))
            continue;
          expect(seen).toContain(finding.code);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the figures of a healthy cluster', () => {
    expect(assess(spec, healthy).facts).toEqual({
      losses: { promised: 2, now: 2 },
      brokers: { expected: 5, registered: 5, controllerId: 0 },
      quorum: { component: 'zookeeper', expected: 3, serving: 3, leader: 0 },
      pods: { expected: 8, ready: 8 },
      topics: 4,
      partitions: { total: 45, offline: 0, underMinIsr: 0, underReplicated: 0 },
      leaders: [0, 1, 2, 3, 4].map((brokerId) => ({ brokerId, partitions: 9 })),
      fullestDisk: { brokerId: 0, usedBytes: 25 * 2 ** 30, sizeBytes: 50 * 2 ** 30 },
    });
  });

  test('the figures count what is left of the tolerance', () => {
    const left = (...down: number[]) => assess(spec, down.reduce(withBrokerDown, healthy)).facts;
    expect([left().losses.now, left(3).losses.now, left(3, 1).losses.now, left(3, 1, 0).losses.now]).toEqual([
      2, 1, 0, 0,
    ]);
    expect(left(3, 1, 0).partitions).toMatchObject({ offline: 0, underMinIsr: 45, underReplicated: 0 });
    const servers = withServer(healthy, 2, { mode: 'unreachable' });
    expect(assess(spec, servers).facts.quorum).toMatchObject({ expected: 3, serving: 2, leader: 0 });
  });

  test('who does not look at Kubernetes is not told that it could not be read, and takes the silence of servers for what it is', () => {
    const silent = silence('this does not look at Kubernetes');
    const blind = { ...healthy, pods: silent, statefulSets: silent };
    expect(assess(spec, blind, { withoutKubernetes: true })).toMatchObject({
      status: 'healthy',
      findings: [],
    });
    const servers = [0, 1, 2].map((ordinal) => ({ ordinal, mode: 'unreachable' as const }));
    const codes = assess(spec, { ...blind, quorum: read(servers) }, { withoutKubernetes: true }).findings.map(
      ({ code }) => code,
    );
    expect(codes).toContain('zookeeper-no-leader');
  });

  test('losses below none are how many replicas are lacking to take writes', () => {
    const left = (...down: number[]) => {
      const { topics } = down.reduce(withBrokerDown, healthy);
      return topics.kind === 'read' ? lossesLeft(spec, topics.value) : undefined;
    };
    expect([left(), left(3, 1), left(3, 1, 0), left(4, 3, 1, 0), left(4, 3, 2, 1, 0)]).toEqual([
      2, 0, -1, -2, -3,
    ]);
  });
});
