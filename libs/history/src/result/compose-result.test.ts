import { describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { formatLine, type Line } from '../line.ts';
import { intendedMs } from '../run.ts';
import { parseHistory } from '../history.ts';
import { type ReplicaFindings } from '../compare-replicas.ts';
import type { PodState } from '@kafka-ha/health';
import type { Sightings } from './sightings.ts';
import { composeDrillResult, type Observation } from './compose-result.ts';

const startedAt = 1_700_000_000_000;
const at = (ms: number) => startedAt + ms;

const killBroker = { title: 'a broker is killed', planned: false };
const stopBroker = { title: 'a broker is stopped', planned: true };

describe('compose result', () => {
  test('a broker that was killed: where the time went, what was felt, and a pass', () => {
    const result = composeDrillResult(anObservation());
    expect(result.phases).toEqual({
      faultMs: 10_000,
      endedMs: null,
      detectedMs: 16_000,
      electedMs: 16_200,
      acknowledgedMs: 16_605,
      inSyncMs: 25_000,
      readyMs: 22_000,
      restarts: 1,
    });
    expect(result.victims).toEqual(['events-kafka-1']);
    expect(result.interruptions?.writing).toMatchObject({ worst: { partition: 1 }, medianMs: 100 });
    expect(result.minIsr).toEqual([
      { ms: 0, size: 3 },
      { ms: 16_200, size: 2 },
      { ms: 25_000, size: 3 },
    ]);
    expect(result.lifelines.find(({ name }) => name === 'events-kafka-1')?.spans).toEqual([
      { fromMs: 0, toMs: 10_500, state: 'ready' },
      { fromMs: 10_500, toMs: 11_500, state: 'gone' },
      { fromMs: 11_500, toMs: 22_000, state: 'not-ready' },
      { fromMs: 22_000, toMs: 30_000, state: 'ready' },
    ]);
    expect(result.verdict).toMatchObject({ result: 'pass', reasons: [] });
  });

  test('the interruption is held to the limit of the file, another one where it was planned', () => {
    expect(composeDrillResult(anObservation({ fault: stopBroker })).verdict).toMatchObject({
      result: 'fail',
      checks: expect.arrayContaining([
        expect.objectContaining({ objective: 'interruption', limit: 2000, result: 'fail' }),
      ]),
    });
  });

  test('the versions are those of Kafka and of what keeps its metadata', () => {
    const versionsIn = (spec: Spec) => composeDrillResult(anObservation({ spec })).cluster.versions;
    expect(versionsIn(aSpec())).toEqual({ kafka: '3.9.2', zookeeper: '3.9.5', client: 'kafka-ha workload' });
    expect(versionsIn(aSpec({ mode: 'kraft', versions: { kafka: '4.4.0', metadata: '4.2' } }))).toEqual({
      kafka: '4.4.0',
      metadata: '4.2',
      client: 'kafka-ha workload',
    });
  });

  test.each([
    ['kafkajs', 'kafkajs 2.2.4'],
    ['java', 'kafka-clients 3.9.2'],
  ])('the client is the one that wrote: %s', (client, named) => {
    const ofClient = `"idempotent":true,"client":"${client}"`;
    const history = parseHistory(aLog().replace('"idempotent":true', ofClient));
    expect(composeDrillResult(anObservation({ history })).cluster.versions.client).toBe(named);
  });

  test('a cluster that does not become whole again fails', () => {
    const { verdict } = composeDrillResult(anObservation({ unhealed: 'broker 1 is not registered' }));
    expect(verdict).toMatchObject({ result: 'fail', reasons: ['broker 1 is not registered'] });
  });

  test('a cluster that let happen what it must not fails, and the fault was made', () => {
    const result = composeDrillResult(anObservation({ breaches: ['events-kafka-2 was evicted, too'] }));
    expect(result.verdict).toMatchObject({ result: 'fail', reasons: ['events-kafka-2 was evicted, too'] });
    expect(result.faultMade).toBe(true);
  });

  test.each<[string, Partial<Observation>, RegExp]>([
    ['nothing was told by the load', { history: null }, /the load reported nothing/],
    ['the log ends in the middle', { history: parseHistory(aLog().slice(0, 40_000)) }, /did not finish/],
    [
      'somebody else ended the load',
      { askedToEndAtMs: at(45_000) },
      /it stopped 15 s before it was asked to/,
    ],
    ['the replicas were not compared', { replicas: null }, /not compared/],
    ['a part of the drill failed', { broken: 'Waited 10 s.' }, /Waited 10 s/],
    ['the fault was another than it says', { doubts: ['a server led meanwhile'] }, /a server led meanwhile/],
    [
      'the fault was not injected',
      { strike: { victims: [], struckAtMs: null, endedAtMs: null } },
      /fault was not injected/,
    ],
  ])('there is no verdict where %s', (_, change, reason) => {
    const { verdict } = composeDrillResult(anObservation(change));
    expect(verdict.result).toBe('no-verdict');
    expect(verdict.reasons.join()).toMatch(reason);
  });

  const two: Observation['strike'] = {
    victims: [0, 1].map((ordinal) => ({
      component: 'kafka',
      pod: `events-kafka-${ordinal}`,
      node: `node-${ordinal}`,
      ordinal,
    })),
    struckAtMs: at(10_000),
    endedAtMs: null,
  };

  test.each<[string, Partial<Sightings>, 'pass' | 'no-verdict', boolean]>([
    [
      'registrations were away at once',
      { registrations: [...away(0, 12, 21), ...away(1, 16, 20)] },
      'pass',
      true,
    ],
    [
      'the first was back before the other went',
      { registrations: [...away(0, 11, 15), ...away(1, 16, 20)] },
      'no-verdict',
      false,
    ],
    [
      'the registrations of one were not seen, and its pod never away with the other’s',
      { registrations: away(0, 11, 15) },
      'no-verdict',
      false,
    ],
    [
      'registrations were not seen, and both pods were away',
      { registrations: [], pods: bothAway() },
      'pass',
      true,
    ],
  ])('two brokers at once: %s', (_, sightings, result, faultMade) => {
    const outcome = composeDrillResult(
      anObservation({ strike: two, sightings: { ...someSightings(), ...sightings } }),
    );
    expect(outcome.faultMade).toBe(faultMade);
    expect(outcome.verdict.result).toBe(result);
    if (!faultMade)
      expect(outcome.verdict.reasons.join()).toMatch(/events-kafka-0 and events-kafka-1 were not/);
  });

  test('two brokers in turn are not meant to be away at once', () => {
    const registrations = [...away(0, 11, 15), ...away(1, 16, 20)];
    const fault = { ...killBroker, inTurn: true };
    const sightings = { ...someSightings(), registrations };
    expect(composeDrillResult(anObservation({ fault, strike: two, sightings })).faultMade).toBe(true);
  });

  test.each<
    [string, { endsSession?: boolean; lastsMs?: number; registrations: Sightings['registrations'] }, boolean]
  >([
    ['was fenced', { registrations: away(1, 16, 21) }, true],
    ['stayed registered', { registrations: away(1, 16, 21).slice(0, 1) }, false],
    [
      'stayed registered for less than its session',
      { registrations: away(1, 16, 21).slice(0, 1), lastsMs: 6_000 },
      true,
    ],
    [
      'stayed registered under a fault that leaves it so',
      { registrations: away(1, 16, 21).slice(0, 1), endsSession: false },
      true,
    ],
    ['was not seen', { registrations: [] }, true],
  ])(
    'a broker that was cut off from the controllers %s',
    (_, { endsSession = true, lastsMs = 12_000, registrations }, made) => {
      const { strike } = anObservation();
      const outcome = composeDrillResult(
        anObservation({
          fault: { ...killBroker, endsSession },
          strike: { ...strike, endedAtMs: at(10_000 + lastsMs) },
          sightings: { ...someSightings(), registrations },
        }),
      );
      expect(outcome.faultMade).toBe(made);
      expect(outcome.verdict.result).toBe(made ? 'pass' : 'no-verdict');
      if (!made) expect(outcome.verdict.reasons.join()).toMatch(/events-kafka-1 stayed registered/);
    },
  );

  function away(brokerId: number, fromSecond: number, toSecond: number): Sightings['registrations'] {
    return [
      { epochMs: at(0), brokerId, isThere: true },
      { epochMs: at(fromSecond * 1000), brokerId, isThere: false },
      { epochMs: at(toSecond * 1000), brokerId, isThere: true },
    ];
  }

  function bothAway(): Sightings['pods'] {
    const gone = { ready: false, waiting: { reason: 'Error', message: null } };
    const [first, second] = [aPod('events-kafka-0'), aPod('events-kafka-1')];
    return [
      { epochMs: at(0), pods: [first, second] },
      {
        epochMs: at(10_500),
        pods: [
          { ...first, ...gone },
          { ...second, ...gone },
        ],
      },
      { epochMs: at(22_000), pods: [first, second] },
    ];
  }

  test('without a look at pods and registry, times are left out and the verdict stands', () => {
    const result = composeDrillResult(
      anObservation({ sightings: { pods: [], registrations: [], partitions: [] } }),
    );
    expect(result.phases).toMatchObject({
      detectedMs: null,
      electedMs: null,
      inSyncMs: null,
      readyMs: null,
      restarts: 0,
    });
    expect(result.verdict.result).toBe('pass');
  });

  test('replicas that were still out of sync at the end give no time of being whole', () => {
    const sightings = someSightings();
    sightings.partitions.pop();
    expect(composeDrillResult(anObservation({ sightings })).phases.inSyncMs).toBeNull();
  });

  function anObservation(change: Partial<Observation> = {}): Observation {
    return {
      name: 'kill-broker',
      fault: killBroker,
      spec: aSpec({ name: 'events' }),
      replication: { factor: 3, minInSync: 2 },
      history: parseHistory(aLog()),
      settledMs: 3000,
      askedToEndAtMs: at(30_000),
      strike: {
        victims: [{ component: 'kafka', pod: 'events-kafka-1', node: 'node-1', ordinal: 1 }],
        struckAtMs: at(10_000),
        endedAtMs: null,
      },
      sightings: someSightings(),
      replicas: sound,
      unhealed: null,
      broken: null,
      doubts: [],
      breaches: [],
      ...change,
    };
  }

  const sound: ReplicaFindings = {
    partitions: 3,
    batches: 900,
    longest: 900,
    diverged: [],
    corrupt: [],
    behind: [],
    headless: [],
    incomplete: [],
  };

  /** Three partitions for half a minute; broker 1 leads the second, which is silent until another one leads. */
  function aLog(): string {
    const run = {
      version: 1,
      id: 'r1',
      startedAt,
      topic: 'drill',
      partitions: 3,
      ratePerSecond: 10,
      recordBytes: 200,
      idempotent: true,
      startOffsets: [0, 0, 0],
    } as const;
    const lines: Line[] = [{ n: 0, kind: 'run', run }];
    const tell = (line: object) => lines.push({ n: lines.length, ...line } as Line);
    for (let seq = 0; seq < 300; seq += 1)
      for (const partition of [0, 1, 2]) {
        const intended = intendedMs(run, partition, seq);
        const silent = partition === 1 && intended >= 10_000 && intended < 16_600;
        const ms = silent ? 16_605 : intended + 5;
        const after = ms - intendedMs(run, partition, seq);
        tell({
          kind: 'operations',
          ms,
          sent: [[partition, seq, 1, 0]],
          acked: [[partition, seq, 1, seq, after]],
        });
      }
    tell({ kind: 'writer-end', ms: 30_010, stoppedMs: 30_000 });
    for (const partition of [0, 1, 2])
      tell({ kind: 'operations', ms: 30_100, final: [[partition, 0, 0, 300, 0, 30_000]] });
    tell({ kind: 'reader-end', ms: 30_200, complete: true, from: [0, 0, 0], to: [300, 300, 300] });
    return lines.map(formatLine).join('');
  }

  function someSightings(): Sightings {
    const whole = [0, 1, 2];
    return {
      pods: [
        look(0, { ready: true }),
        look(10_500, { ready: false, waiting: { reason: 'Error', message: null } }),
        look(11_500, { ready: false, restarts: 1 }),
        look(22_000, { ready: true, restarts: 1 }),
        look(29_000, { ready: true, restarts: 1 }),
      ],
      registrations: [
        { epochMs: at(0), brokerId: 1, isThere: true },
        { epochMs: at(16_000), brokerId: 1, isThere: false },
        { epochMs: at(20_000), brokerId: 1, isThere: true },
      ],
      partitions: [
        { epochMs: at(-2000), partition: 0, leader: 0, isr: whole },
        { epochMs: at(-2000), partition: 1, leader: 1, isr: whole },
        { epochMs: at(-2000), partition: 2, leader: 2, isr: whole },
        { epochMs: at(16_200), partition: 1, leader: 2, isr: [2, 0] },
        { epochMs: at(25_000), partition: 1, leader: 2, isr: [2, 0, 1] },
      ],
    };
  }

  function look(ms: number, pod: Partial<PodState>): Sightings['pods'][number] {
    return { epochMs: at(ms), pods: [aPod('events-kafka-0'), { ...aPod('events-kafka-1'), ...pod }] };
  }

  function aPod(name: string): PodState {
    return {
      name,
      uid: `uid-${name}`,
      component: 'kafka',
      ordinal: Number(name.at(-1)),
      phase: 'Running',
      ready: true,
      node: 'node-1',
      zone: null,
      revision: 'a',
      restarts: 0,
      deleting: false,
      waiting: null,
      lastTermination: null,
    };
  }
});
