import { describe, expect, test } from '@jest/globals';
import { checkAccess } from './check-access.ts';
import { aStatus, fakeApiServer, type Reply } from './testing/fake-api-server.ts';

async function namespaceOf(reply: Reply) {
  await using fake = await fakeApiServer(({ path }) =>
    path === '/version' ? { json: { gitVersion: 'v1.35.4' } } : reply,
  );
  return (await checkAccess(fake.kube, { namespace: 'kafka' })).namespace;
}

describe('checkAccess', () => {
  test.each<[string, Reply]>([
    ['active', { json: { metadata: { name: 'kafka' } } }],
    ['terminating', { json: { metadata: { name: 'kafka', deletionTimestamp: '2026-01-01T00:00:00Z' } } }],
    ['absent', aStatus(404, 'namespaces "kafka" not found')],
    [
      'unreadable',
      aStatus(403, 'User "ann" cannot get resource "namespaces" in API group "" in the namespace "kafka"'),
    ],
  ])('a namespace can be %s', async (state, reply) => {
    expect(await namespaceOf(reply)).toBe(state);
  });

  test('a server that does not answer is asked once', async () => {
    await using fake = await fakeApiServer(() => 'reset');
    await expect(checkAccess(fake.kube, { namespace: 'kafka' })).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
      message: `Cannot reach the API server ${fake.kube.server} to ask for its version: ECONNRESET.`,
    });
    expect(fake.received).toHaveLength(1);
  });
});
