import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openKube } from '@kafka-ha/kube';
import { aKubeconfig, aStatus, type FakeApiServer, fakeApiServer, type Reply } from '@kafka-ha/kube/testing';
import { runKafkaHa } from './testing.ts';

jest.setTimeout(120_000);

const accounts = '/api/v1/namespaces/kafka/serviceaccounts';
const secrets = '/api/v1/namespaces/kafka/secrets';
const tokenSecret = {
  metadata: { name: 'events-health-token', namespace: 'kafka' },
  data: { token: Buffer.from('reads').toString('base64') },
};
const expirationTimestamp = new Date(Date.now() + 8 * 3_600_000).toISOString();

/** The API server of an admin who has applied `render --admin`. */
const prepared: Record<string, Reply> = {
  [`GET ${accounts}/events-deployer`]: { json: { metadata: { name: 'events-deployer' } } },
  [`GET ${accounts}/events-health`]: { json: { metadata: { name: 'events-health' } } },
  [`POST ${accounts}/events-deployer/token`]: { json: { status: { token: 'deploys', expirationTimestamp } } },
  [`PATCH ${secrets}/events-health-token`]: { json: tokenSecret },
  [`GET ${secrets}/events-health-token`]: { json: tokenSecret },
  'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews': { json: { status: { allowed: true } } },
};

describe('kubeconfig', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kafka-ha-kubeconfig-'));
    await writeFile(join(folder, 'kafka-ha.yaml'), 'name: events\nmode: kraft\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('it prints what works for the deployer, for as long as it was asked for, and proves that first', async () => {
    await using server = await fakeApiServer(answers(prepared));
    const { exitCode, stdout, stderr } = await kubeconfig(server);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining(
        'kafka-ha kubeconfig --expires 8h | gh secret set KUBECONFIG --env production\n',
      ),
    });
    const kube = openKube({ kubeconfigText: stdout });
    expect(kube).toMatchObject({ server: server.kube.server, namespace: 'kafka' });
    expect(kube.config.getCurrentUser()).toMatchObject({ token: 'deploys' });
    const asked = (path: string) => server.received.find((call) => call.path.endsWith(path));
    expect(asked('/token')?.body).toMatchObject({ spec: { expirationSeconds: 28_800 } });
    expect(asked('/selfsubjectaccessreviews')?.headers.authorization).toBe('Bearer deploys');
  });

  test('a token that lasts is only for reading, in a file that nobody else reads', async () => {
    await using server = await fakeApiServer(answers(prepared));
    const refused = await kubeconfig(server, '--expires', 'never');
    expect(refused).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('is for --read-only') });
    expect(server.received).toEqual([]);

    const output = join(folder, 'health.kubeconfig');
    await writeFile(output, 'somebody reads this', { mode: 0o644 });
    const done = await kubeconfig(server, '--read-only', '--expires', 'never', '--output', output, '--json');
    expect({ exitCode: done.exitCode, document: JSON.parse(done.stdout) as unknown }).toEqual({
      exitCode: 0,
      document: { account: 'kafka/events-health', expires: null, file: output },
    });
    expect((await stat(output)).mode & 0o777).toBe(0o600);
    expect(await readFile(output, 'utf8')).toContain('token: reads');
    expect(server.received.find(({ method }) => method === 'PATCH')?.body).toMatchObject({
      metadata: { annotations: { 'kubernetes.io/service-account.name': 'events-health' } },
      type: 'kubernetes.io/service-account-token',
    });
  });

  const absent = { [`GET ${accounts}/events-deployer`]: aStatus(404, 'not found') };
  const powerless = {
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews': { json: { status: { allowed: false } } },
  };

  test.each([
    ['account', absent, 'there is no ServiceAccount kafka/events-deployer'],
    ["account's Role", powerless, 'kafka/events-deployer may not create pods'],
  ])('where the %s is not there yet, it says what makes it', async (_, what, said) => {
    await using server = await fakeApiServer(answers({ ...prepared, ...what }));
    const { exitCode, stdout, stderr } = await kubeconfig(server);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toContain('kafka-ha render --admin | kubectl apply -f -');
  });

  async function kubeconfig(server: FakeApiServer, ...options: string[]) {
    const { port } = server.server.address() as AddressInfo;
    const admin = join(folder, 'admin.kubeconfig');
    await writeFile(admin, aKubeconfig({ server: `http://127.0.0.1:${port}` }));
    return runKafkaHa([
      'kubeconfig',
      ...['--file', join(folder, 'kafka-ha.yaml'), '--kubeconfig', admin],
      ...options,
    ]);
  }
});

function answers(replies: Record<string, Reply>) {
  return ({ method, path }: { method: string; path: string }): Reply =>
    replies[`${method} ${path}`] ?? aStatus(404, `nothing at ${method} ${path}`);
}
