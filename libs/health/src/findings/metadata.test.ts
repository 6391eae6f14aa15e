import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { assess } from '../assess.ts';
import type { MetadataState, State } from '../state.ts';
import { aState, change, withBrokerDown, withPod } from '../testing.ts';

const spec = aSpec({ mode: 'kraft' });
const healthy = aState({}, spec);
const knows = (state: State, difference: Partial<MetadataState>) =>
  change(state, 'metadata', (metadata) => ({ ...metadata, ...difference }));
const codesOf = (state: State) => assess(spec, state).findings.map(({ code }) => code);

describe('metadata', () => {
  test('a fenced broker whose pod is not ready is one that is missing', () => {
    const codes = codesOf(knows(withBrokerDown(healthy, 4), { fenced: [4] }));
    expect(codes).toContain('broker-missing');
    expect(codes).not.toContain('broker-fenced');
  });

  test('before 4.0 one that no longer copies the metadata is missing, whatever its pod says', () => {
    const state = withPod(withBrokerDown(healthy, 4), 'kafka', 4, { ready: true });
    const copies = [{ brokerId: 4, behindMs: 0, isFetching: false }];
    expect(codesOf(knows(state, { fenced: undefined, copies }))).toContain('broker-missing');
  });

  test('old is what no session would bear, and of those alone that count as alive', () => {
    const behind = (brokerId: number, ms: number) =>
      codesOf(knows(withBrokerDown(healthy, 4), { copies: [{ brokerId, behindMs: ms, isFetching: true }] }));
    expect(behind(1, 2_999)).not.toContain('broker-metadata-old');
    expect(behind(1, 3_000)).toContain('broker-metadata-old');
    expect(behind(4, 60_000)).not.toContain('broker-metadata-old');
  });

  test('a broker that the file does not have and whose pod is there is not gone', () => {
    const state = knows(healthy, { fenced: [5] });
    const withIt = change(state, 'pods', (pods) => [
      ...pods,
      { ...pods[0]!, name: 'events-kafka-5', ordinal: 5 },
    ]);
    expect(codesOf(state)).toContain('stale-registration');
    expect(codesOf(withIt)).not.toContain('stale-registration');
  });

  test('features that are ahead, and those that nothing raises by itself, are left as they are', () => {
    const levels = { 'metadata.version': 99, 'transaction.version': 2, 'group.version': 1 };
    expect(codesOf(knows(healthy, { features: levels }))).toEqual([]);
  });
});
