import { describe, expect, test } from '@jest/globals';
import { applyObject } from './apply-object.ts';
import { aStatus, fakeApiServer, type Reply } from './testing/fake-api-server.ts';

const wanted = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'kafka' },
  data: { x: '1' },
};
const options = { fieldManager: 'kafka-ha' };

function stored(resourceVersion: string, more: Record<string, unknown> = {}): Reply {
  const managedFields = [
    { manager: 'kafka-ha', operation: 'Apply', time: resourceVersion, fieldsV1: { 'f:data': {} } },
  ];
  return { json: { ...wanted, ...more, metadata: { ...wanted.metadata, resourceVersion, managedFields } } };
}

async function outcome(before: Reply, after: Reply) {
  await using fake = await fakeApiServer(({ method }) => (method === 'GET' ? before : after));
  return (await applyObject(fake.kube, wanted, options)).outcome;
}

describe('applyObject', () => {
  test('an object of the same version is unchanged', async () => {
    expect(await outcome(stored('7'), stored('7'))).toBe('unchanged');
  });

  test('an object whose status a controller wrote in between is unchanged', async () => {
    expect(await outcome(stored('7'), stored('8', { status: { ready: 1 } }))).toBe('unchanged');
  });

  test('an object with other data is changed', async () => {
    expect(await outcome(stored('7', { data: { x: '0' } }), stored('8'))).toBe('changed');
  });

  test('an object that we may not read counts as changed', async () => {
    const message = 'User "ann" cannot get resource "configmaps" in API group "" in the namespace "kafka"';
    expect(await outcome(aStatus(403, message), stored('7'))).toBe('changed');
  });

  test('what is sent is the object as it is, strictly checked', async () => {
    await using fake = await fakeApiServer(({ method }) => (method === 'GET' ? stored('7') : stored('8')));
    await applyObject(fake.kube, { ...wanted, brandNewField: 1 }, { ...options, force: true, dryRun: true });
    const sent = fake.received[1];
    expect(sent?.body).toEqual({ ...wanted, brandNewField: 1 });
    expect(sent?.headers['content-type']).toBe('application/apply-patch+yaml');
    expect(Object.fromEntries(sent?.query ?? [])).toEqual({
      fieldManager: 'kafka-ha',
      force: 'true',
      fieldValidation: 'Strict',
      dryRun: 'All',
    });
  });
});
