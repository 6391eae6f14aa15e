import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { disruptionBudget, networkPolicies } from './guards.ts';
import { selector } from './labels.ts';

const spec = aSpec();
const brokers = { podSelector: { matchLabels: selector(spec, 'kafka') } };
const servers = { podSelector: { matchLabels: selector(spec, 'zookeeper') } };

describe('guards', () => {
  test('one pod of each kind may be away on purpose', () => {
    for (const component of ['kafka', 'zookeeper'] as const)
      expect(disruptionBudget(spec, component).spec).toEqual({
        maxUnavailable: 1,
        selector: { matchLabels: selector(spec, component) },
      });
  });

  test('clients reach the client port alone, from this namespace and from those that are let in', () => {
    const [policy] = networkPolicies(spec);
    expect(policy?.spec).toMatchObject({
      ...brokers,
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { 'kafka-ha/client': 'true' } } }],
          ports: [{ port: 9092 }],
        },
        { from: [brokers], ports: [{ port: 9091 }, { port: 9090 }] },
      ],
    });
  });

  test('only brokers reach ZooKeeper, and only its servers reach its quorum', () => {
    const [, policy] = networkPolicies(spec);
    expect(policy?.spec).toMatchObject({
      ...servers,
      ingress: [
        { from: [brokers], ports: [{ port: 2181 }] },
        { from: [servers], ports: [{ port: 2888 }, { port: 3888 }] },
      ],
    });
  });
});
