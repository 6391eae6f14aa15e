import { expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { acceptWebSockets } from '@kafka-ha/kube/testing';
import { renderAdminObjects } from '@kafka-ha/manifests';
import { fakeObjects } from '../testing/fake-objects.ts';
import { readState } from './read-state.ts';

const spec = aSpec({ brokers: 3, tolerance: 1 });

type Rule = { resources: string[]; verbs: string[]; resourceNames?: string[] };

/** E.g. `list pods`, `get statefulsets events-kafka`. */
function allowed(): string[] {
  const role = renderAdminObjects(spec).find(
    ({ kind, metadata }) => kind === 'Role' && metadata.name === 'events-health',
  );
  return (role?.['rules'] as unknown as Rule[]).flatMap(({ resources, verbs, resourceNames = [''] }) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) => resourceNames.map((name) => `${verb} ${resource} ${name}`.trim())),
    ),
  );
}

test('a look at health asks Kubernetes for no more than its account may', async () => {
  await using fake = await fakeObjects([], ({ path }) =>
    path === '/version' ? { json: { gitVersion: 'v1.35.0' } } : undefined,
  );
  const opened = new Set<string>();
  acceptWebSockets(fake, (socket, { pathname }) => {
    opened.add(`get pods/${pathname.split('/').at(-1)}`);
    socket.terminate();
  });
  await readState({ kube: fake.kube, spec }, { signal: new AbortController().signal });
  const asked = fake.received
    .filter(({ path }) => path !== '/version')
    .map(({ method, path }) => {
      const [, kind = '', name = ''] = /\/namespaces\/[^/]+\/([^/]+)\/?(.*)$/.exec(path) ?? ['', path];
      const verb = method !== 'GET' ? method : name === '' ? 'list' : 'get';
      return `${verb} ${kind} ${name}`.trim();
    });
  const all = [...new Set([...asked, ...opened])].sort();
  expect(all).toEqual([
    'get pods/portforward',
    'get statefulsets events-kafka',
    'get statefulsets events-zookeeper',
    'list pods',
  ]);
  expect(allowed()).toEqual(expect.arrayContaining(all));
});
