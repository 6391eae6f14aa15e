import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { aStatus, fakeApiServer } from '@kafka-ha/kube/testing';
import { readMeteredCpu } from './read-metered-cpu.ts';

const spec = aSpec({ namespace: 'streams' });
const { signal } = new AbortController();

describe('readMeteredCpu', () => {
  test("each broker's own container counts, in whatever unit it is told", async () => {
    const used = (name: string, cpu: string) => ({ name, usage: { cpu, memory: '800000Ki' } });
    await using api = await anApiServer({
      'events-kafka-0': [used('injected', '2'), used('kafka', '345678901n')],
      'events-kafka-1': [used('kafka', '250m')],
      'events-kafka-2': [used('kafka', 'many')],
      'events-zookeeper-0': [used('zookeeper', '900m')],
    });
    const cores = await readMeteredCpu({ kube: api.kube, spec, signal }, [0, 1, 2, 3]);
    expect([...cores]).toEqual([
      [0, expect.closeTo(0.345678901, 9)],
      [1, 0.25],
    ]);
  });

  test('where no metrics server runs, it says so', async () => {
    await using api = await fakeApiServer(() =>
      aStatus(404, 'the server could not find the requested resource'),
    );
    await expect(readMeteredCpu({ kube: api.kube, spec, signal }, [0])).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  function anApiServer(pods: Readonly<Record<string, unknown[]>>) {
    return fakeApiServer(({ path }) => {
      if (path !== '/apis/metrics.k8s.io/v1beta1/namespaces/streams/pods') return aStatus(403, 'no');
      const items = Object.entries(pods).map(([name, containers]) => ({ metadata: { name }, containers }));
      return { json: { kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items } };
    });
  }
});
