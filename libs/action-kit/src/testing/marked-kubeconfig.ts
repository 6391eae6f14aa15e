import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';

export type MarkedCluster = AsyncDisposable & {
  kubeconfig: string;
  /** Whatever must not come up anywhere, in every form in which it could. */
  secrets: string[];
};

const key =
  '-----BEGIN EC PRIVATE KEY-----\nmarkedKeyLineOne0123\nmarkedKeyLineTwo0123\n-----END EC PRIVATE KEY-----\n';
/** Asks for nothing and logs in with a token that nobody but its own output has. */
const plugin = {
  apiVersion: 'client.authentication.k8s.io/v1',
  interactiveMode: 'Never',
  command: process.execPath,
  args: [
    '-e',
    'process.stdout.write(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token: "marked-plugin-" + "token-0123" } }))',
    '--',
    '--secret=marked-argument-0123',
  ],
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

/**
 * A kubeconfig with a credential of each kind, and an API server that refuses everything and gives away in its refusals
 * what it was sent: no error message may pass that on.
 */
export async function markedCluster(status: number): Promise<MarkedCluster> {
  const server = createServer(({ headers }, response) => {
    const message = `refused ${JSON.stringify(headers)}`;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'Status', status: 'Failure', message, code: status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const users = [
    { name: 'ana', user: { token: 'marked-token-0123' } },
    { name: 'bo', user: { username: 'bo', password: 'marked-password-0123' } },
    { name: 'cy', user: { 'client-certificate-data': base64('public'), 'client-key-data': base64(key) } },
    { name: 'di', user: { exec: { command: 'login', env: [{ name: 'S', value: 'marked-env-0123' }] } } },
    { name: 'ed', user: { exec: plugin } },
  ];
  const kubeconfig = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    clusters: [
      { name: 'main', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } },
    ],
    contexts: [
      { name: 'main', context: { cluster: 'main', user: 'ana' } },
      { name: 'by-password', context: { cluster: 'main', user: 'bo' } },
      { name: 'by-plugin', context: { cluster: 'main', user: 'ed' } },
    ],
    users,
  });
  return {
    kubeconfig,
    secrets: [
      ...['marked-token-0123', 'marked-password-0123', 'marked-env-0123', 'markedKeyLineOne0123'],
      ...['markedKeyLineTwo0123', base64(key), base64('bo:marked-password-0123')],
      ...['marked-plugin-token-0123', 'marked-argument-0123'],
    ],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
