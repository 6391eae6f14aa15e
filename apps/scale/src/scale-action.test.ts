import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { expectContract, readActionYml, runBundle } from '@kafka-ha/action-kit/testing';
import { aKubeconfig, aStatus, fakeApiServer } from '@kafka-ha/kube/testing';
import { scaleAction } from './scale-action.ts';

/** Each starts a process, on a machine that others use too. */
jest.setTimeout(30_000);

describe('scaleAction', () => {
  test('action.yml says what the code takes and gives', () => {
    expectContract(readActionYml('scale'), scaleAction);
  });

  test.each([
    [{ brokers: 'many' }, 'input brokers got "many", takes a whole number from 1 to 99'],
    [{ throttle: '20 apples' }, 'input throttle got "20 apples", takes a rate such as 20MB/s'],
  ])('%j is refused, with what it takes', async (inputs, message) => {
    const { exitCode, log, outputs } = await runBundle('scale', { inputs });
    expect({ exitCode, error: outputs['error'] }).toEqual({ exitCode: 1, error: 'invalid-usage' });
    expect(log).toContain(message);
  });

  test('fewer brokers than the promise needs are refused before anything is read', async () => {
    const { exitCode, outputs } = await runBundle('scale', {
      inputs: { environment: 'local', brokers: '4' },
    });
    expect({ exitCode, error: outputs['error'] }).toEqual({ exitCode: 1, error: 'promise-broken' });
  });

  test('of a cluster with an exporter the objects are known, its program among them', async () => {
    await using api = await fakeApiServer(({ path }) => {
      if (path === '/version') return { json: { gitVersion: 'v1.35.0' } };
      return /\/namespaces\/[^/]+\/[^/]+$/.test(path) ? { json: { items: [] } } : aStatus(404, 'not found');
    });
    const { port } = api.server.address() as AddressInfo;
    const folder = await mkdtemp(join(tmpdir(), 'kafka-ha-'));
    try {
      const file = join(folder, 'cluster.yaml');
      await writeFile(file, 'name: events\nmetrics: {}\n');
      const { log, outputs } = await runBundle('scale', {
        inputs: {
          'cluster-file': file,
          brokers: '6',
          'only-plan': 'true',
          kubeconfig: aKubeconfig({ server: `http://127.0.0.1:${port}` }),
        },
      });
      expect(log).toContain('there is no cluster events in namespace kafka');
      expect(outputs).toMatchObject({ error: 'not-found' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('what was approved has to be a plan: without one nothing is asked of the cluster', async () => {
    const inputs = { environment: 'local', plan: 'package.json', kubeconfig: 'users: []' };
    const { log, outputs } = await runBundle('scale', { inputs });
    expect(outputs).toMatchObject({ error: 'invalid-usage' });
    expect(log).toContain('package.json is not a plan of a scale');
  });
});
