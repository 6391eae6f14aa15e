import { describe, expect, test } from '@jest/globals';
import { withoutLease } from './fence.ts';
import { serverVersion } from './server-version.ts';
import { fakeApiServer } from './testing/fake-api-server.ts';

describe('serverVersion', () => {
  test('a server that has told its version is not asked again, through a fence neither', async () => {
    await using fake = await fakeApiServer(() => ({ json: { gitVersion: 'v1.35.4' } }));
    expect(await serverVersion(fake.kube)).toBe('v1.35.4');
    expect(await serverVersion(withoutLease('a test', fake.kube))).toBe('v1.35.4');
    expect(fake.received).toHaveLength(1);
  });

  test('one that could not be reached is asked again', async () => {
    let isUp = false;
    await using fake = await fakeApiServer(() => (isUp ? { json: { gitVersion: 'v1.35.4' } } : 'reset'));
    await expect(serverVersion(fake.kube, { attempts: 1 })).rejects.toMatchObject({
      code: 'kubernetes-unreachable',
    });
    isUp = true;
    expect(await serverVersion(fake.kube)).toBe('v1.35.4');
  });

  test('another server is asked for its own', async () => {
    await using one = await fakeApiServer(() => ({ json: { gitVersion: 'v1.34.2' } }));
    await using other = await fakeApiServer(() => ({ json: { gitVersion: 'v1.35.4' } }));
    expect([await serverVersion(one.kube), await serverVersion(other.kube)]).toEqual(['v1.34.2', 'v1.35.4']);
  });
});
