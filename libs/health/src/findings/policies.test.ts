import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { assess, type State } from '../index.ts';
import { aState, read } from '../testing.ts';

const spec = aSpec({ namespace: 'kafka' });
const verdictOn = (policies: State['policies']) => assess(spec, aState({ policies }, spec));
const trial = { from: 'events-zookeeper-0', to: 'events-kafka-1', port: 9091 };

describe('policies', () => {
  test('a pod that was let through where a policy closes a port is a warning, and says who and where', () => {
    expect(verdictOn(read({ ...trial, enforced: false }))).toMatchObject({
      status: 'healthy',
      findings: [
        {
          code: 'policies-not-enforced',
          severity: 'warning',
          subject: 'namespace kafka',
          reason: 'Pod events-kafka-1 answers events-zookeeper-0 at port 9091, which is for brokers alone.',
        },
      ],
    });
  });

  test('where they are enforced, or nobody has tried, there is nothing to say', () => {
    expect(verdictOn(read({ ...trial, enforced: true })).findings).toEqual([]);
    expect(verdictOn(undefined).findings).toEqual([]);
  });

  test('where it could not be tried that is a warning', () => {
    expect(verdictOn({ kind: 'unreadable', reason: 'no exec' })).toMatchObject({
      status: 'healthy',
      findings: [{ code: 'detail-unreadable', subject: 'whether NetworkPolicies are enforced' }],
    });
  });
});
