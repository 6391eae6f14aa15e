import { describe, expect, test } from '@jest/globals';
import { type PodState } from '@kafka-ha/health';
import { aPartition, aState, aTopic, withTopic } from '@kafka-ha/health/testing';
import fc from 'fast-check';
import { neverSpared, nextBroker, type BrokerScene } from '../index.ts';
import { awayOf, brokerScene, type Away, type Condition } from './testing.ts';

describe('nextBroker', () => {
  test('nothing due: nothing to do', () => {
    expect(nextBroker(brokerScene({ due: [] }))).toEqual({ kind: 'done' });
  });

  test('the controller is the last', () => {
    expect(taken(brokerScene({ controller: 0 }))).toEqual({ ordinal: 1, why: 'broker' });
    expect(taken(brokerScene({ controller: 0, due: [0] }))).toEqual({ ordinal: 0, why: 'controller' });
  });

  test('a stuck one is the first, and nothing is asked: it serves nobody', () => {
    expect(taken(brokerScene({ away: { 3: 'stuck', 4: 'silent' } }))).toEqual({ ordinal: 3, why: 'stuck' });
  });

  test('one that runs and is not ready may be in log recovery: it is waited for', () => {
    expect(nextBroker(brokerScene({ away: { 3: 'silent' } }))).toMatchObject({
      kind: 'wait',
      step: { pod: { ordinal: 3 }, why: 'not-ready' },
      reasons: expect.arrayContaining([expect.stringMatching(/-kafka-3 is not ready$/)]),
    });
  });

  test('while another broker is away none is taken, and the partitions that lack it are named', () => {
    expect(nextBroker(brokerScene({ away: { 3: 'leaving' }, due: [1] }))).toMatchObject({
      kind: 'wait',
      reasons: expect.arrayContaining([
        expect.stringMatching(/-kafka-3 is being deleted/),
        'broker 3 is not registered',
        '__consumer_offsets-0 is not in sync on broker 3',
      ]),
    });
  });

  test('a broker whose node would not take it again is waited for', () => {
    const scene = brokerScene({ due: [1] });
    const [, { name }] = scene.pods as [PodState, PodState];
    expect(nextBroker({ ...scene, stranded: new Map([[name, 'its node is cordoned']]) })).toMatchObject({
      kind: 'wait',
      reasons: ['its node is cordoned'],
    });
  });

  test('a missing pod is waited for', () => {
    const scene = brokerScene({ due: [1] });
    const pods = scene.pods.filter(({ ordinal }) => ordinal !== 4);
    expect(nextBroker({ ...scene, pods })).toMatchObject({
      kind: 'wait',
      reasons: [expect.stringMatching(/-kafka-4 does not exist/)],
    });
  });

  test('a follower kept out of one ISR of any topic holds the roll up', () => {
    const lagging = aTopic('theirs', { partitions: [aPartition({ partition: 7, isr: [0, 1, 2, 3] })] });
    expect(nextBroker(brokerScene({}, withTopic(aState(), lagging)))).toMatchObject({
      kind: 'wait',
      reasons: ['theirs-7 is not in sync on broker 4'],
    });
  });

  test('a partition without a leader holds the roll up', () => {
    const offline = aTopic('theirs', { partitions: [aPartition({ leader: null })] });
    expect(nextBroker(brokerScene({}, withTopic(aState(), offline)))).toMatchObject({
      kind: 'wait',
      reasons: ['theirs-0 has no leader'],
    });
  });

  test('what no waiting mends is refused: a partition that has no replica to spare', () => {
    const frail = aTopic('frail', { minInSync: 1, partitions: [aPartition({ replicas: [1] })] });
    expect(nextBroker(brokerScene({ due: [1] }, withTopic(aState(), frail)))).toMatchObject({
      kind: 'refuse',
      reasons: [
        'frail-0 has replication factor 1 and min.insync.replicas 1: without broker 1 it cannot be written',
      ],
    });
    expect(nextBroker(brokerScene({ due: [2] }, withTopic(aState(), frail))).kind).toBe('take');
  });

  test('whoever can never be spared is refused before the first is taken, whenever its turn is', () => {
    const frail = aTopic('frail', { minInSync: 1, partitions: [aPartition({ replicas: [3] })] });
    const state = withTopic(aState(), frail);
    expect(nextBroker(brokerScene({ controller: 3 }, state))).toMatchObject({
      kind: 'refuse',
      step: { pod: { ordinal: 3 } },
      reasons: [expect.stringContaining('without broker 3')],
    });
    expect(neverSpared(brokerScene({ due: [0, 1, 2, 4] }, state))).toEqual([]);
  });

  test('one that is stuck is replaced even where another one can never be spared', () => {
    const frail = aTopic('frail', { minInSync: 1, partitions: [aPartition({ replicas: [3] })] });
    const scene = brokerScene({ away: { 1: 'stuck' } }, withTopic(aState(), frail));
    expect(taken(scene)).toEqual({ ordinal: 1, why: 'stuck' });
    expect(neverSpared(scene)).toHaveLength(1);
  });

  test('a topic that may pause holds nobody up by its number of replicas, and is waited for while it is not whole', () => {
    const scratch = aTopic('scratch', { minInSync: 1, partitions: [aPartition({ replicas: [3] })] });
    const mayPause = new Set(['scratch']);
    const scene = { ...brokerScene({ due: [3] }, withTopic(aState(), scratch)), mayPause };
    expect(neverSpared(scene)).toEqual([]);
    expect(taken(scene)).toEqual({ ordinal: 3, why: 'broker' });
    const away = aTopic('scratch', {
      minInSync: 1,
      partitions: [aPartition({ replicas: [4], leader: null })],
    });
    expect(nextBroker({ ...brokerScene({ due: [3] }, withTopic(aState(), away)), mayPause })).toMatchObject({
      kind: 'wait',
      reasons: ['scratch-0 has no leader'],
    });
  });

  const awayOnes: fc.Arbitrary<Away> = fc
    .array(fc.constantFrom<Condition>('serving', 'silent', 'stuck', 'leaving'), {
      minLength: 5,
      maxLength: 5,
    })
    .map(awayOf);

  const placement = fc.record({
    controller: fc.integer({ min: 0, max: 4 }),
    away: awayOnes,
    due: fc.subarray([0, 1, 2, 3, 4]),
  });

  test('whatever is where, a broker that serves is taken only while all others serve', () => {
    fc.assert(
      fc.property(placement, (input) => {
        const decision = nextBroker(brokerScene(input));
        if (decision.kind !== 'take') return;
        const { ordinal } = decision.step.pod;
        expect(input.due).toContain(ordinal);
        const isStuck = input.away[ordinal] === 'stuck';
        expect(isStuck || Object.keys(input.away).length === 0).toBe(true);
      }),
    );
  });

  test('whatever is where, what serves nobody comes first, and the controller after all that serve', () => {
    fc.assert(
      fc.property(placement, ({ controller, away, due }) => {
        const scene = brokerScene({ controller, away, due });
        const decision = nextBroker(scene);
        if (decision.kind === 'done') return expect(due).toEqual([]);
        const stuck = due.filter((id) => away[id] === 'stuck');
        const unready = due.filter((id) => away[id] !== undefined && away[id] !== 'stuck');
        const others = due.filter((id) => away[id] === undefined && id !== scene.controllerId);
        const first = stuck[0] ?? unready[0] ?? others[0] ?? scene.controllerId;
        expect(decision.step.pod.ordinal).toBe(first);
      }),
    );
  });

  test('however the controller moves, a roll takes each due broker once, and never while another is away', () => {
    fc.assert(
      fc.property(placement, fc.infiniteStream(fc.integer({ min: 0, max: 4 })), (input, moves) => {
        const away = onlyStuck(input.away);
        const toTake = new Set(input.due);
        let scene = brokerScene({ ...input, away });
        const takenOnes: number[] = [];
        for (;;) {
          const decision = nextBroker(scene);
          if (decision.kind === 'done') break;
          if (decision.kind !== 'take') {
            // Only what this roll may not mend itself: a stuck broker that is not due.
            expect(Object.keys(away).some((id) => !input.due.includes(Number(id)))).toBe(true);
            return;
          }
          const { ordinal, ready } = decision.step.pod;
          if (ready) expect(scene.pods.filter((pod) => !pod.ready)).toEqual([]);
          takenOnes.push(ordinal);
          delete away[ordinal];
          toTake.delete(ordinal);
          scene = brokerScene({ controller: moves.next().value as number, away, due: [...toTake] });
        }
        expect([...takenOnes].sort()).toEqual([...input.due].sort());
      }),
    );
  });

  function onlyStuck(away: Away): Record<number, 'stuck'> {
    return Object.fromEntries(
      Object.entries(away)
        .filter(([, condition]) => condition === 'stuck')
        .map(([id]) => [Number(id), 'stuck' as const]),
    );
  }

  function taken(scene: BrokerScene): { ordinal: PodState['ordinal']; why: string } | undefined {
    const decision = nextBroker(scene);
    if (decision.kind !== 'take') return undefined;
    return { ordinal: decision.step.pod.ordinal, why: decision.step.why };
  }
});
