import { expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { isOurs } from '../labels.ts';
import { renderObjects } from '../render-objects.ts';
import { renderAdminObjects } from './render-admin-objects.ts';

type Rule = { apiGroups: string[]; resources: string[]; verbs: string[] };

const spec = aSpec({ name: 'events', namespace: 'streams' });
const objects = renderAdminObjects(spec);
const rules = objects.find(({ kind }) => kind === 'Role')?.rules as unknown as Rule[];

test('the namespace comes first and enforces `restricted`', () => {
  expect(objects[0]).toMatchObject({
    kind: 'Namespace',
    metadata: { name: 'streams', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });
});

test('the Role may apply every object of the cluster', () => {
  for (const { apiVersion, kind } of renderObjects(spec)) {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const verbs = verbsOn(
      group ?? '',
      kind === 'NetworkPolicy' ? 'networkpolicies' : `${kind.toLowerCase()}s`,
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

test('the account is bound to it', () => {
  expect(objects.find(({ kind }) => kind === 'RoleBinding')).toMatchObject({
    roleRef: { kind: 'Role', name: 'events-deployer' },
    subjects: [{ kind: 'ServiceAccount', name: 'events-deployer', namespace: 'streams' }],
  });
});

test('an operation does not take them for its own, or it would prune its account', () => {
  expect(objects.filter((object) => isOurs(spec, object))).toEqual([]);
});

function verbsOn(group: string, resource: string): string[] {
  return rules
    .filter(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(resource))
    .flatMap(({ verbs }) => verbs);
}
