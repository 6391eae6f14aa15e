import { describe, expect, test } from '@jest/globals';
import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { acceptWebSockets } from '@kafka-ha/kube/testing';
import { assess } from '@kafka-ha/health';
import { renderAdminObjects } from '@kafka-ha/manifests';
import { fakeObjects } from '../testing/fake-objects.ts';
import { largeCluster } from '../testing/large-cluster.ts';
import { readState } from './read-state.ts';

type Rule = { resources: string[]; verbs: string[]; resourceNames?: string[] };

/** E.g. `list pods`, `get statefulsets events-kafka`. */
function allowed(spec: Spec): string[] {
  const role = renderAdminObjects(spec).find(
    ({ kind, metadata }) => kind === 'Role' && metadata.name === 'events-health',
  );
  return (role?.['rules'] as unknown as Rule[]).flatMap(({ resources, verbs, resourceNames = [''] }) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) => resourceNames.map((name) => `${verb} ${resource} ${name}`.trim())),
    ),
  );
}

describe('readState', () => {
  test.each([
    { mode: 'zookeeper' as const, quorum: 'events-zookeeper' },
    { mode: 'kraft' as const, quorum: 'events-controller' },
  ])(
    'with $mode a look at health asks Kubernetes for no more than its account may',
    async ({ mode, quorum }) => {
      const spec = aSpec({ mode, brokers: 3, tolerance: 1 });
      await using fake = await fakeObjects([], ({ path }) =>
        path === '/version' ? { json: { gitVersion: 'v1.35.0' } } : undefined,
      );
      const opened = new Set<string>();
      acceptWebSockets(fake, (socket, { pathname }) => {
        opened.add(`get pods/${pathname.split('/').at(-1)}`);
        socket.terminate();
      });
      await readState({ kube: fake.kube, spec, signal: new AbortController().signal });
      const asked = fake.received
        .filter(({ path }) => path !== '/version')
        .map(({ method, path }) => {
          const [, kind = '', name = ''] = /\/namespaces\/[^/]+\/([^/]+)\/?(.*)$/.exec(path) ?? ['', path];
          const verb = method !== 'GET' ? method : name === '' ? 'list' : 'get';
          return `${verb} ${kind} ${name}`.trim();
        });
      const all = [...new Set([...asked, ...opened])].sort();
      const sets = ['events-kafka', quorum].sort().map((name) => `get statefulsets ${name}`);
      expect(all).toEqual(['get pods/portforward', ...sets, 'list pods']);
      expect(allowed(spec)).toEqual(expect.arrayContaining(all));
    },
  );

  test('consumers near the end of what is kept are found, and not looked for by whoever waits for the cluster', async () => {
    const spec = aSpec({ mode: 'kraft', brokers: 3, tolerance: 1 });
    await using there = await largeCluster(spec, { partitions: 4, perTopic: 2, lag: 60 });
    const found = assess(spec, await readState(there.cluster)).findings;
    expect(found.filter(({ code }) => code === 'consumer-near-retention')).toMatchObject([
      { subject: 'group all, topic topic-0' },
      { subject: 'group all, topic topic-1' },
    ]);
    expect(await readState(there.cluster, { consumers: false })).not.toHaveProperty('consumers');
  });
});
