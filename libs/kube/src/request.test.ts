import { describe, expect, test } from '@jest/globals';
import { openKube } from './open-kube.ts';
import { request } from './request.ts';
import { aKubeconfig, aStatus, fakeApiServer, type Reply } from './testing/fake-api-server.ts';
import { fakeClock } from '@kafka-ha/base/testing';

const aCall = { method: 'GET', path: '/api/v1/pods', what: 'list pods' } as const;
const busy: Reply = { status: 429, headers: { 'retry-after': '7' }, json: {} };
const ok: Reply = { json: { fine: true } };

/** Answers with each reply in turn, then fine. */
function serverThatSays(...replies: Reply[]) {
  return fakeApiServer(() => replies.shift() ?? ok);
}

describe('request', () => {
  test('JSON goes out and comes back as it is, with the credentials of the context', async () => {
    await using fake = await serverThatSays({ status: 201, json: { brandNewField: [1] } });
    const answer = await request(fake.kube, {
      ...aCall,
      method: 'PATCH',
      query: { dryRun: undefined, force: true, command: ['a', 'b'] },
      body: { otherNewField: 1 },
      contentType: 'application/apply-patch+yaml',
    });
    expect(answer).toEqual({ status: 201, body: { brandNewField: [1] } });
    const [received] = fake.received;
    expect(received).toMatchObject({ method: 'PATCH', path: '/api/v1/pods', body: { otherNewField: 1 } });
    expect(received?.headers).toMatchObject({
      authorization: 'Bearer secret-token',
      'content-type': 'application/apply-patch+yaml',
    });
    expect(received?.query.toString()).toBe('force=true&command=a&command=b');
  });

  test('text stays text, even where it looks like JSON', async () => {
    await using fake = await serverThatSays({ text: '{"a":1}' });
    expect((await request(fake.kube, aCall)).body).toBe('{"a":1}');
  });

  test('a connection is used again', async () => {
    await using fake = await serverThatSays();
    let connections = 0;
    fake.server.on('connection', () => connections++);
    for (let i = 0; i < 3; i++) await request(fake.kube, aCall);
    expect(connections).toBe(1);
  });

  test.each<[string, Reply]>([
    ['a cut connection', 'reset'],
    ['a server that starts', aStatus(503, 'starting')],
    ['a broken server', aStatus(500, 'etcdserver: request timed out')],
  ])('%s is tried again after a moment', async (_what, reply) => {
    await using fake = await serverThatSays(reply, reply);
    expect((await request(fake.kube, aCall)).body).toEqual({ fine: true });
    expect(fake.clock.slept).toHaveLength(2);
    const [first, second] = fake.clock.slept as [number, number];
    expect(first).toBeGreaterThanOrEqual(125);
    expect(first).toBeLessThanOrEqual(250);
    expect(second).toBeGreaterThanOrEqual(250);
    expect(second).toBeLessThanOrEqual(500);
  });

  test('a busy server is tried again when it says', async () => {
    await using fake = await serverThatSays(busy);
    await request(fake.kube, { ...aCall, method: 'POST' });
    expect(fake.clock.slept).toEqual([7000]);
  });

  test('it gives up after some attempts', async () => {
    await using fake = await fakeApiServer(() => aStatus(503, 'starting'));
    await expect(request(fake.kube, { ...aCall, attempts: 3 })).rejects.toMatchObject({
      code: 'kubernetes-refused',
    });
    expect(fake.received).toHaveLength(3);
  });

  test.each<[string, Reply]>([
    ['a cut connection', 'reset'],
    ['a broken server', aStatus(500, 'broken')],
  ])('what may have been made already is not made again after %s', async (_what, reply) => {
    await using fake = await serverThatSays(reply);
    await expect(request(fake.kube, { ...aCall, method: 'POST' })).rejects.toThrow();
    expect(fake.received).toHaveLength(1);
  });

  test('a field that the schema does not have is no broken server', async () => {
    const unknown = aStatus(
      500,
      'failed to create typed patch object: .spec.x: field not declared in schema',
    );
    await using fake = await serverThatSays(unknown);
    await expect(request(fake.kube, { ...aCall, method: 'PATCH' })).rejects.toMatchObject({
      code: 'kubernetes-refused',
      message: expect.stringContaining('.spec.x: field not declared'),
    });
    expect(fake.received).toHaveLength(1);
  });

  test('a server that is not there is named with the reason', async () => {
    const gone = await fakeApiServer();
    const { server } = gone.kube;
    await gone[Symbol.asyncDispose]();
    const kube = openKube({ kubeconfigText: aKubeconfig({ server }) }, fakeClock());
    await expect(request(kube, aCall)).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
      message: `Cannot reach the API server ${server} to list pods: ECONNREFUSED.`,
      hint: expect.stringContaining('"test"'),
    });
  });

  test('a server that does not answer is given up', async () => {
    await using fake = await fakeApiServer(() => 'silence');
    await expect(request(fake.kube, { ...aCall, timeoutMs: 50, attempts: 1 })).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
      message: expect.stringContaining('no answer in 0.05 s'),
    });
  });

  test('it stops on the signal while it waits for an answer', async () => {
    await using fake = await fakeApiServer(() => 'silence');
    const controller = new AbortController();
    const pending = request(fake.kube, { ...aCall, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(pending).rejects.toMatchObject({ code: 'aborted' });
  });

  test('it stops on the signal between attempts', async () => {
    const controller = new AbortController();
    await using fake = await fakeApiServer(() => {
      controller.abort();
      return aStatus(503, 'starting');
    });
    await expect(request(fake.kube, { ...aCall, signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(fake.received).toHaveLength(1);
  });
});
