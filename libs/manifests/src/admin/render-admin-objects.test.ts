import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { isOurs } from '../labels.ts';
import { prunableKinds, renderObjects } from '../render-objects.ts';
import { renderAdminObjects } from './render-admin-objects.ts';

type Rule = { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames?: string[] };

const spec = aSpec({ name: 'events', namespace: 'streams' });
const objects = renderAdminObjects(spec);
const rules = objects.find(({ kind }) => kind === 'Role')?.rules as unknown as Rule[];

describe('renderAdminObjects', () => {
  test('the namespace comes first and enforces `restricted`', () => {
    expect(objects[0]).toMatchObject({
      kind: 'Namespace',
      metadata: { name: 'streams', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
  });

  test('the Role may apply every object of the cluster', () => {
    const metrics = { intervalMs: 15_000, program: '' };
    for (const { apiVersion, kind, metadata } of renderObjects({ ...spec, metrics })) {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      const verbs = verbsOn(
        group ?? '',
        kind === 'NetworkPolicy' ? 'networkpolicies' : `${kind.toLowerCase()}s`,
        metadata.name,
      );
      expect([kind, verbs]).toEqual([kind, expect.arrayContaining(['get', 'create', 'patch'])]);
    }
  });

  test('it may read no secret, give no right, and delete no volume', () => {
    expect(verbsOn('', 'secrets')).toEqual([]);
    expect(verbsOn('rbac.authorization.k8s.io', 'roles')).toEqual([]);
    expect(verbsOn('', 'persistentvolumeclaims')).not.toContain('delete');
    expect(
      rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]),
    ).not.toContain('*');
  });

  test('of what has a known name it may change that alone, and hold the one Lease', () => {
    for (const [group, resource] of [
      ['apps', 'statefulsets'],
      ['apps', 'deployments'],
      ['networking.k8s.io', 'networkpolicies'],
      ['policy', 'poddisruptionbudgets'],
      ['coordination.k8s.io', 'leases'],
    ] as const)
      expect(verbsOn(group, resource, 'of-another')).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/patch|update|delete/)]),
      );
    expect(verbsOn('coordination.k8s.io', 'leases', 'events-operation')).toEqual(
      expect.arrayContaining(['get', 'create', 'update', 'delete']),
    );
  });

  test("the pods' accounts are made with it, since it may write none", () => {
    expect(verbsOn('', 'serviceaccounts')).toEqual(['get']);
    const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
    expect(
      accounts.map(({ metadata, automountServiceAccountToken }) => [
        metadata.name,
        automountServiceAccountToken,
      ]),
    ).toEqual([
      ['events-zookeeper', false],
      ['events-kafka', false],
      ['events-deployer', undefined],
      ['events-health', undefined],
    ]);
  });

  test('the account is bound to it', () => {
    expect(objects.find(({ kind }) => kind === 'RoleBinding')).toMatchObject({
      roleRef: { kind: 'Role', name: 'events-deployer' },
      subjects: [{ kind: 'ServiceAccount', name: 'events-deployer', namespace: 'streams' }],
    });
  });

  test('with controllers they are for the controllers, and for no ZooKeeper', () => {
    const kraft = JSON.stringify(renderAdminObjects(aSpec({ mode: 'kraft' })));
    expect(kraft).toContain('events-controller');
    expect(kraft).not.toContain('zookeeper');
    expect(JSON.stringify(objects)).not.toContain('controller"');
  });

  test('who looks at health may list pods and what they use, read two StatefulSets and forward ports, and nothing else', () => {
    const role = objects.find(({ kind, metadata }) => kind === 'Role' && metadata.name === 'events-health');
    expect(role?.rules).toEqual([
      {
        apiGroups: ['apps'],
        resources: ['statefulsets'],
        verbs: ['get'],
        resourceNames: ['events-kafka', 'events-zookeeper'],
      },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['list'] },
      { apiGroups: [''], resources: ['pods/portforward'], verbs: ['get', 'create'] },
    ]);
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'RoleBinding',
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'events-health' },
        subjects: [{ kind: 'ServiceAccount', name: 'events-health', namespace: 'streams' }],
      }),
    );
  });

  test('an operation does not take them for its own, or it would prune its account', () => {
    const kinds = prunableKinds.map(({ kind }): string => kind);
    expect(objects.filter((object) => isOurs(spec, object) && kinds.includes(object.kind))).toEqual([]);
  });

  function verbsOn(group: string, resource: string, name = ''): string[] {
    return rules
      .filter(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource))
      .filter(({ resourceNames = [name] }) => resourceNames.includes(name))
      .flatMap(({ verbs }) => verbs);
  }
});
