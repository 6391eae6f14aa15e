import { describe, expect, test } from '@jest/globals';
import type { StepEvent } from '@kafka-ha/base';
import { fakeObjects, type Refuse } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import type { KubeObject } from '@kafka-ha/kube';
import { aStatus } from '@kafka-ha/kube/testing';
import {
  claimOf,
  clusterLabels,
  componentLabels,
  componentsOf,
  podNameOf,
  renderNamespace,
  renderObjects,
  renderServiceAccounts,
} from '@kafka-ha/manifests';
import { deleteCluster, type DeleteOptions } from './delete-cluster.ts';

const spec = aSpec({ mode: 'kraft', brokers: 3, tolerance: 1 });

/** What a deployment makes, and the pods and claims that come of it. */
function deployed(): KubeObject[] {
  const members = componentsOf(spec).flatMap((component) =>
    [0, 1, 2].flatMap((ordinal) => {
      const name = podNameOf(spec, component, ordinal);
      const labels = componentLabels(spec, component);
      return [anObject('Pod', name, labels), anObject('PersistentVolumeClaim', claimOf(name), labels)];
    }),
  );
  return [
    renderNamespace(spec),
    ...(renderServiceAccounts(spec) as KubeObject[]),
    ...(renderObjects(spec) as KubeObject[]),
    ...members,
  ];
}

function anObject(kind: string, name: string, labels: Record<string, string>): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: spec.namespace, labels }, spec: {} };
}

async function aCluster(there: readonly KubeObject[] = deployed(), refuse?: Refuse) {
  const fake = await fakeObjects(there, (request) => {
    if (request.path === '/version') return { json: { gitVersion: 'v1.35.4', major: '1', minor: '35' } };
    return refuse?.(request);
  });
  const plural = ({ kind, metadata }: KubeObject) =>
    `${kind === 'NetworkPolicy' ? 'networkpolicies' : `${kind.toLowerCase()}s`}/${metadata.name}`;
  for (const object of there.filter(({ kind }) => kind === 'NetworkPolicy')) {
    const wrong = `networkpolicys/${object.metadata.name}`;
    fake.objects.set(plural(object), fake.objects.get(wrong)!);
    fake.objects.delete(wrong);
  }
  const events: StepEvent[] = [];
  const run = async (options: Partial<DeleteOptions> = {}) => {
    const { signal } = new AbortController();
    const all = { volumes: false, namespace: false, actor: { holder: 'ann' }, ...options };
    const deleting = deleteCluster({ kube: fake.kube, spec, signal }, all);
    for (;;) {
      const { done, value } = await deleting.next();
      if (done) return value;
      events.push(value);
    }
  };
  const removed = () =>
    fake
      .changes()
      .filter((change) => change.startsWith('DELETE'))
      .map((change) => change.slice('DELETE '.length));
  return {
    fake,
    events,
    run,
    removed,
    left: () => [...fake.objects.keys()].sort(),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}

/** Where there is a body the API server heeds no query. */
function isDryRun({ body }: { body?: unknown }): boolean {
  return ((body as { dryRun?: string[] } | undefined)?.dryRun ?? []).includes('All');
}

const claims = ['events-controller', 'events-kafka'].flatMap((set) =>
  [0, 1, 2].map((ordinal) => `persistentvolumeclaims/data-${set}-${ordinal}`),
);

const quorumConfig = 'configmaps/events-quorum';

describe('deleteCluster', () => {
  test('all of a cluster is removed but its volumes, what is known of them, and the namespace', async () => {
    await using cluster = await aCluster();
    const { kept } = await cluster.run();
    expect(cluster.left()).toEqual([quorumConfig, 'namespaces/kafka', ...claims]);
    expect(kept.map(({ name }) => name)).toEqual([
      ...claims.map((claim) => claim.split('/')[1]),
      'events-quorum',
    ]);
    expect(cluster.events).toContainEqual({ kind: 'skipped', step: 'volumes', reason: '6 volumes kept' });
  });

  test('brokers go before the controllers, pods before what they need, and the lock last', async () => {
    await using cluster = await aCluster();
    await cluster.run();
    const order = cluster.removed();
    const first = (text: string) => order.findIndex((each) => each.startsWith(text));
    const last = (text: string) => order.findLastIndex((each) => each.startsWith(text));
    expect(first('statefulsets/events-kafka')).toBe(0);
    expect(last('pods/events-kafka')).toBeLessThan(first('statefulsets/events-controller'));
    for (const kind of [
      'services/',
      'configmaps/',
      'networkpolicies/',
      'poddisruptionbudgets/',
      'serviceaccounts/',
    ])
      expect(last('pods/')).toBeLessThan(first(kind));
    expect(order.at(-1)).toBe('leases/events-operation');
  });

  test('with volumes they go too, once no pod is left, and with namespace that as well', async () => {
    await using cluster = await aCluster();
    await cluster.run({ volumes: true, namespace: true });
    expect(cluster.left()).toEqual([]);
    const order = cluster.removed();
    expect(order.findIndex((each) => each.startsWith('persistentvolumeclaims/'))).toBeGreaterThan(
      order.findLastIndex((each) => each.startsWith('pods/')),
    );
  });

  test('that the quorum has formed is forgotten after the last volume, also by a run that goes on with another', async () => {
    let isCut = true;
    await using cluster = await aCluster(deployed(), (request) =>
      isCut &&
      request.method === 'DELETE' &&
      !isDryRun(request) &&
      request.path.endsWith('/data-events-kafka-2')
        ? aStatus(500, 'etcd is gone')
        : undefined,
    );
    await expect(cluster.run({ volumes: true })).rejects.toThrow();
    expect(cluster.left()).toContain(quorumConfig);
    isCut = false;
    await cluster.run({ volumes: true });
    expect(cluster.left()).toEqual(['namespaces/kafka']);
    expect(cluster.removed().slice(-3)).toEqual([
      'persistentvolumeclaims/data-events-kafka-2',
      quorumConfig,
      'leases/events-operation',
    ]);
  });

  test('where the volumes are gone already, it goes without being told', async () => {
    const isVolume = ({ kind }: KubeObject) => kind === 'PersistentVolumeClaim';
    await using cluster = await aCluster(deployed().filter((object) => !isVolume(object)));
    expect(await cluster.run()).toMatchObject({ kept: [] });
    expect(cluster.left()).toEqual(['namespaces/kafka']);

    const [config] = deployed().filter(({ metadata }) => metadata.name === 'events-quorum');
    await using rest = await aCluster([renderNamespace(spec), config!]);
    expect(await rest.run()).toMatchObject({ removed: [{ name: 'events-quorum' }], kept: [] });
  });

  test('a volume that was made after all had been looked at goes with the others', async () => {
    const late = anObject('PersistentVolumeClaim', 'data-events-kafka-3', componentLabels(spec, 'kafka'));
    await using cluster = await aCluster(deployed(), (request) => {
      const isStopped =
        request.method === 'DELETE' && !isDryRun(request) && request.path.endsWith('/events-kafka');
      if (isStopped && request.path.includes('/statefulsets/'))
        cluster.fake.objects.set('persistentvolumeclaims/data-events-kafka-3', late);
      return undefined;
    });
    await cluster.run({ volumes: true });
    expect(cluster.left()).toEqual(['namespaces/kafka']);
  });

  test('a second time, and where there is no namespace, it removes nothing and takes no lock', async () => {
    await using cluster = await aCluster();
    await cluster.run();
    const before = cluster.fake.changes().length;
    expect(await cluster.run()).toMatchObject({ removed: [], kept: { length: 7 } });
    cluster.fake.objects.clear();
    expect(await cluster.run({ volumes: true, namespace: true })).toEqual({ removed: [], kept: [] });
    expect(cluster.fake.changes()).toHaveLength(before);
  });

  test('what another has made is left alone, and under a name of the cluster it is a reason to stop', async () => {
    const others = [
      anObject('ConfigMap', 'theirs', {}),
      anObject('Pod', 'client', { 'app.kubernetes.io/instance': 'events' }),
      anObject('PersistentVolumeClaim', 'data-orders-kafka-0', clusterLabels({ name: 'orders' })),
    ];
    await using shared = await aCluster([...deployed(), ...others]);
    await expect(shared.run({ volumes: true, namespace: true })).rejects.toMatchObject({
      code: 'conflict',
      details: ['ConfigMap theirs', 'Pod client', 'PersistentVolumeClaim data-orders-kafka-0'],
    });
    expect(shared.removed()).toEqual(['leases/events-operation']);
    await shared.run({ volumes: true });
    expect(shared.left()).toEqual([
      'configmaps/theirs',
      'namespaces/kafka',
      'persistentvolumeclaims/data-orders-kafka-0',
      'pods/client',
    ]);

    const [foreign] = deployed().filter(({ kind }) => kind === 'StatefulSet');
    const unlabelled = { ...foreign!, metadata: { ...foreign!.metadata, labels: {} } };
    const rest = deployed().filter(({ kind }) => kind !== 'StatefulSet');
    await using taken = await aCluster([...rest, unlabelled]);
    await expect(taken.run()).rejects.toMatchObject({
      code: 'conflict',
      details: [`StatefulSet ${foreign!.metadata.name}`],
    });
    expect(taken.removed()).toEqual(['leases/events-operation']);
  });

  test('a namespace is removed with the volumes in it or not at all', async () => {
    await using cluster = await aCluster();
    await expect(cluster.run({ namespace: true })).rejects.toMatchObject({ code: 'invalid-usage' });
    expect(cluster.fake.received).toEqual([]);
  });

  test('who may not remove the volumes removes nothing; who may not remove the accounts leaves them', async () => {
    const forbid =
      (kind: string): Refuse =>
      (request) =>
        request.method === 'DELETE' && request.path.includes(`/${kind}/`)
          ? aStatus(403, 'attempting to grant')
          : undefined;
    await using cluster = await aCluster(deployed(), forbid('persistentvolumeclaims'));
    await expect(cluster.run({ volumes: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(cluster.removed()).toEqual(['leases/events-operation']);

    await using deployer = await aCluster(deployed(), forbid('serviceaccounts'));
    await deployer.run();
    expect(deployer.left().filter((each) => !claims.includes(each))).toEqual([
      quorumConfig,
      'namespaces/kafka',
      'serviceaccounts/events-controller',
      'serviceaccounts/events-kafka',
    ]);
  });

  test('a pod that does not go is named with its node, and what it needs stays', async () => {
    const stuck = {
      ...anObject('Pod', 'events-kafka-1', componentLabels(spec, 'kafka')),
      spec: { nodeName: 'worker-3' },
    };
    await using cluster = await aCluster([...deployed(), stuck], (request) =>
      request.method === 'DELETE' && request.path.endsWith('/pods/events-kafka-1') ? { json: {} } : undefined,
    );
    await expect(cluster.run()).rejects.toMatchObject({
      code: 'deadline-exceeded',
      details: ['events-kafka-1 on worker-3'],
      hint: expect.stringContaining('Then run this again'),
    });
    expect(cluster.left()).toEqual(
      expect.arrayContaining(['statefulsets/events-controller', 'services/events-kafka-1']),
    );
  });

  test('while another operation runs it does nothing', async () => {
    const lease = {
      ...{ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
      metadata: { name: 'events-operation', namespace: spec.namespace },
      spec: { holderIdentity: 'bob', leaseDurationSeconds: 40 },
    };
    let version = 0;
    await using cluster = await aCluster([...deployed(), lease], (request) => {
      if (request.method !== 'GET' || !request.path.endsWith('/leases/events-operation')) return undefined;
      version += 1;
      return { json: { ...lease, metadata: { ...lease.metadata, resourceVersion: String(version) } } };
    });
    await expect(cluster.run()).rejects.toMatchObject({ code: 'lock-held' });
    expect(cluster.removed()).toEqual([]);
  });

  test('a run that was cut off is gone on with', async () => {
    const there = deployed().filter(({ kind }) => !['StatefulSet', 'Pod'].includes(kind));
    const orphan = anObject('Pod', 'events-controller-2', componentLabels(spec, 'controller'));
    await using cluster = await aCluster([...there, orphan]);
    await cluster.run();
    expect(cluster.left()).toEqual([quorumConfig, 'namespaces/kafka', ...claims]);
  });

  test('a namespace that is being deleted already is only waited for', async () => {
    const namespace = renderNamespace(spec) as KubeObject;
    const going = {
      ...namespace,
      metadata: { ...namespace.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    };
    let asked = 0;
    await using cluster = await aCluster([...deployed().slice(1), going], (request) => {
      if (!request.path.endsWith('/namespaces/kafka')) return undefined;
      asked += 1;
      return asked > 3 ? aStatus(404, 'not found') : undefined;
    });
    expect(await cluster.run({ volumes: true, namespace: true })).toMatchObject({ kept: [] });
    expect(cluster.fake.changes()).toEqual([]);
  });
});
