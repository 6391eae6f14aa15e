import { describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { brokerPlacement, quorumPlacement } from './placement.ts';

const apart = (component: string) => ({
  topologyKey: 'kubernetes.io/hostname',
  labelSelector: {
    matchLabels: {
      'app.kubernetes.io/component': component,
      'app.kubernetes.io/instance': 'events',
      'app.kubernetes.io/name': component === 'broker' ? 'kafka' : component,
    },
  },
});

describe('placement', () => {
  test('with one broker per node, no two ever share a node', () => {
    expect(brokerPlacement(aSpec()).affinity).toEqual({
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart('broker')] },
    });
  });

  test('with several brokers per node, no node gets more than that, nor a second one while nodes are too few', () => {
    const { affinity, topologySpreadConstraints } = brokerPlacement(
      aSpec({ placement: { brokersPerNode: 2 } }),
    );
    expect(affinity).toBeUndefined();
    expect(topologySpreadConstraints[0]).toMatchObject({
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      nodeTaintsPolicy: 'Honor',
      maxSkew: 1,
      minDomains: 3,
    });
  });

  test.each([
    ['required', [apart('zookeeper'), apart('broker')], undefined],
    ['preferred', [apart('zookeeper')], [{ weight: 100, podAffinityTerm: apart('broker') }]],
    ['none', [apart('zookeeper')], undefined],
  ] as const)(
    'ZooKeeper servers are apart from each other; from brokers: %s',
    (separateZookeeper, required, preferred) => {
      const { podAntiAffinity } = quorumPlacement(aSpec({ placement: { separateZookeeper } }), 'zookeeper')
        .affinity as {
        podAntiAffinity: Record<string, unknown>;
      };
      expect(podAntiAffinity['requiredDuringSchedulingIgnoredDuringExecution']).toEqual(required);
      expect(podAntiAffinity['preferredDuringSchedulingIgnoredDuringExecution']).toEqual(preferred);
    },
  );

  test('both spread over zones, but a lost zone keeps nobody from coming back', () => {
    for (const place of [brokerPlacement, (spec: Spec) => quorumPlacement(spec, 'zookeeper')])
      expect(place(aSpec()).topologySpreadConstraints).toMatchObject([
        { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
      ]);
  });
});
