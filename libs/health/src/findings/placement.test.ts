import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aState, change, withPod } from '../testing.ts';
import { placementFindings } from './placement.ts';

const spec = aSpec();
const inZones = (...zones: (string | null)[]) =>
  zones.reduce((state, zone, id) => withPod(state, 'kafka', id, { zone }), aState({}, spec));

describe('placement', () => {
  test('two brokers on a node are too many, unless the file allows them', () => {
    const crowded = (which = spec) => withPod(aState({}, which), 'kafka', 1, { node: 'node-0' });
    expect(placementFindings(spec, crowded())).toMatchObject([
      { code: 'brokers-share-node', subject: 'node node-0' },
    ]);
    const laptop = aSpec({ placement: { brokersPerNode: 2 } });
    expect(placementFindings(laptop, crowded(laptop))).toEqual([]);
  });

  test('pods that have no node yet do not share one', () => {
    const pending = change(aState({}, spec), 'pods', (pods) => pods.map((pod) => ({ ...pod, node: null })));
    expect(placementFindings(spec, pending)).toEqual([]);
  });

  test('of five ZooKeeper servers two may share a node', () => {
    const five = aSpec({ zookeeper: { servers: 5 } });
    const two = withPod(aState({}, five), 'zookeeper', 1, { node: 'node-zk-0' });
    const three = withPod(two, 'zookeeper', 2, { node: 'node-zk-0' });
    expect(placementFindings(five, two)).toEqual([]);
    expect(placementFindings(five, three)).toMatchObject([{ code: 'zookeeper-share-node' }]);
  });

  test('a zone may hold what may be lost at once', () => {
    expect(placementFindings(spec, inZones('zone-a', 'zone-a', 'zone-d', 'zone-e', 'zone-f'))).toEqual([]);
    expect(placementFindings(spec, inZones('zone-a', 'zone-a', 'zone-a', 'zone-b', 'zone-c'))).toMatchObject([
      { code: 'zone-holds-too-many', subject: 'zone zone-a' },
    ]);
  });

  test('with two zones, three of five brokers in one cannot be avoided', () => {
    const state = change(inZones('zone-a', 'zone-b', 'zone-a', 'zone-b', 'zone-a'), 'pods', (pods) =>
      pods.map((pod) => (pod.component === 'zookeeper' ? { ...pod, zone: 'zone-b' } : pod)),
    );
    expect(placementFindings(spec, state)).toEqual([]);
  });

  test('a cluster without zones has none to fill', () => {
    const state = change(aState({}, spec), 'pods', (pods) => pods.map((pod) => ({ ...pod, zone: null })));
    expect(placementFindings(spec, state)).toEqual([]);
  });

  test('before Kubernetes 1.35 zones are not heeded, which is said where there may be several', () => {
    const without = change(aState({}, spec), 'pods', (pods) => pods.map((pod) => ({ ...pod, zone: null })));
    const found = (kubernetes: string, ofNodes: string[] | null, state = without) =>
      placementFindings(spec, { ...state, zones: { kubernetes, ofNodes } }).map(({ code }) => code);
    expect(found('v1.34.7+k3s1', ['zone-a', 'zone-b'])).toEqual(['zones-not-heeded']);
    expect(found('v1.30.0', null)).toEqual(['zones-not-heeded']);
    expect(found('v1.34.7', ['zone-a', 'zone-a'])).toEqual([]);
    expect(found('v1.34.7', [])).toEqual([]);
    expect(found('v1.35.0', ['zone-a', 'zone-b'])).toEqual([]);
    // The feature gate may be on before.
    expect(found('v1.34.7', ['zone-a', 'zone-b'], aState({}, spec))).toEqual([]);
  });
});
