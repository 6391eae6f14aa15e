import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aStatus, fakeApiServer } from '@kafka-ha/kube/testing';
import { warnOfZones } from '../preflight/warn-of-zones.ts';
import { readZoneSource } from './read-zone-source.ts';

const { signal } = new AbortController();

describe('readZoneSource', () => {
  test('the version and the zones of nodes are read, where nodes may be listed', async () => {
    expect(await readFrom(['a', 'b'])).toEqual({ kubernetes: 'v1.34.2', ofNodes: ['a', 'b'] });
    expect(await readFrom('forbidden')).toEqual({ kubernetes: 'v1.34.2', ofNodes: null });
  });

  test('a deployment says once that zones are not heeded, and says nothing where there is one zone', async () => {
    expect(await warningsOf(['a', 'b'])).toEqual([
      expect.stringMatching(/v1\.34\.2.*ignore the zones a, b\.$/),
    ]);
    expect(await warningsOf('forbidden')).toHaveLength(1);
    expect(await warningsOf(['a', 'a'])).toEqual([]);
  });

  async function warningsOf(zones: readonly string[] | 'forbidden'): Promise<string[]> {
    await using api = await anApiServer(zones);
    const warnings: string[] = [];
    for await (const event of warnOfZones({ kube: api.kube, spec: aSpec({ name: 'events' }), signal }))
      if (event.kind === 'warning') warnings.push(event.message);
    return warnings;
  }

  async function readFrom(zones: readonly string[] | 'forbidden') {
    await using api = await anApiServer(zones);
    return await readZoneSource({ kube: api.kube, signal });
  }

  function anApiServer(zones: readonly string[] | 'forbidden') {
    return fakeApiServer(({ path }) => {
      if (path === '/version') return { json: { gitVersion: 'v1.34.2' } };
      if (path !== '/api/v1/nodes' || zones === 'forbidden') return aStatus(403, 'no');
      const nodeOf = (zone: string) => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: `node-${zone}`, labels: { 'topology.kubernetes.io/zone': zone } },
      });
      return { json: { apiVersion: 'v1', kind: 'NodeList', metadata: {}, items: zones.map(nodeOf) } };
    });
  }
});
