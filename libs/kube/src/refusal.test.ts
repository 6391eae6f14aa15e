import { describe, expect, test } from '@jest/globals';
import { refusal, type Status } from './refusal.ts';

function refused(status: number, message: string, details?: Status['details']) {
  const text = JSON.stringify({ kind: 'Status', message, details });
  return refusal({ what: 'apply StatefulSet kafka/events', context: 'prod', status, text });
}

describe('refusal', () => {
  test('a missing right is told as who may not do what where', () => {
    const message =
      'statefulsets.apps "events" is forbidden: User "ann" cannot patch resource "statefulsets" in API group "apps" in the namespace "kafka"';
    expect(refused(403, message)).toMatchObject({
      code: 'forbidden',
      message: 'ann may not patch statefulsets in namespace kafka.',
      details: ['It was needed to apply StatefulSet kafka/events.'],
    });
  });

  test('a missing right to something outside namespaces says so', () => {
    const message =
      'nodes is forbidden: User "ann" cannot list resource "nodes" in API group "" at the cluster scope';
    expect(refused(403, message).message).toBe('ann may not list nodes cluster-wide.');
  });

  test('a role that would grant more than one has is a missing right', () => {
    const message =
      'roles "x" is forbidden: user "ann" is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""]}';
    expect(refused(403, message)).toMatchObject({
      code: 'forbidden',
      message: expect.not.stringContaining('\n'),
    });
  });

  test('a quota is no missing right', () => {
    const quota = refused(403, 'pods "a" is forbidden: exceeded quota: small, requested: cpu=1');
    expect(quota).toMatchObject({
      code: 'kubernetes-refused',
      message: expect.stringContaining('exceeded quota'),
    });
  });

  test('a namespace that is being deleted is named', () => {
    const message =
      'statefulsets.apps "events" is forbidden: unable to create new content in namespace kafka because it is being terminated';
    expect(refused(403, message, { causes: [{ reason: 'NamespaceTerminating' }] })).toMatchObject({
      code: 'kubernetes-refused',
      message: 'Cannot apply StatefulSet kafka/events: namespace kafka is being deleted.',
    });
  });

  test('a field conflict names the managers and the fields', () => {
    const reason = 'FieldManagerConflict';
    const causes = [
      { reason, field: '.spec.replicas', message: 'conflict with "kubectl" using apps/v1' },
      { reason, field: '.spec.template', message: 'conflict with "helm" using apps/v1' },
    ];
    expect(refused(409, 'Apply failed with 2 conflicts', { causes })).toMatchObject({
      code: 'conflict',
      message: 'Cannot apply StatefulSet kafka/events: kubectl, helm owns 2 fields of it.',
      details: ['.spec.replicas: set by kubectl', '.spec.template: set by helm'],
    });
  });

  test('several causes are listed, each on a line', () => {
    const causes = [
      { field: 'spec.a', message: 'Invalid value:\n  no' },
      { field: 'spec.b', message: 'Required value' },
    ];
    expect(refused(422, 'StatefulSet.apps "events" is invalid', { causes })).toMatchObject({
      code: 'kubernetes-refused',
      message: 'Kubernetes refuses to apply StatefulSet kafka/events: StatefulSet.apps "events" is invalid.',
      details: ['spec.a: Invalid value: no', 'spec.b: Required value'],
    });
  });

  test('an answer that is not from Kubernetes is quoted, in one line', () => {
    const error = refusal({ what: 'x', context: 'prod', status: 502, text: '<html>\n<h1>Bad Gateway</h1>' });
    expect(error).toMatchObject({
      code: 'kubernetes-refused',
      message: 'Kubernetes refuses to x: HTTP 502 <html> <h1>Bad Gateway</h1>.',
    });
  });
});
