import { expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { credentialsOf, formsOf } from './credentials.ts';

const key =
  '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBkeyLineOne\nkeyLineTwo==\n-----END EC PRIVATE KEY-----\n';

test('a client key is masked as written, decoded, and line by line, its frame left readable', () => {
  const data = base64(key);
  const { secrets } = credentialsOf(kubeconfig({ 'client-key-data': data }));
  expect(secrets).toEqual([data, key.trim(), 'MHcCAQEEIBkeyLineOne', 'keyLineTwo==']);
});

test.each([
  ['a token', { token: 'marked-token' }, ['marked-token']],
  ['a token in base64', { token: base64('marked token') }, [base64('marked token'), 'marked token']],
  [
    'a password, also as it goes over the wire',
    { username: 'ana', password: 'marked' },
    ['marked', base64('ana:marked')],
  ],
  [
    'what a login plugin was given',
    { exec: { command: 'login', env: [{ name: 'SECRET', value: 'marked-env' }] } },
    ['marked-env'],
  ],
  [
    'the tokens of an auth provider',
    { 'auth-provider': { name: 'oidc', config: { 'refresh-token': 'marked-refresh' } } },
    ['marked-refresh'],
  ],
])('%s is found', (_, user, found) => {
  expect(credentialsOf(kubeconfig(user)).secrets).toEqual(found);
});

test('files with credentials are named, and certificates are no secret', () => {
  const user = { tokenFile: 'token', 'client-key': '/keys/client.key', 'client-certificate-data': 'public' };
  expect(credentialsOf(kubeconfig(user))).toEqual({ secrets: [], files: ['token', '/keys/client.key'] });
});

test('every user counts, not only that of the current context', () => {
  const text = stringify({
    users: [
      { name: 'a', user: { token: 'one' } },
      { name: 'b', user: { token: 'two' } },
    ],
  });
  expect(credentialsOf(text).secrets).toEqual(['one', 'two']);
});

test.each(['', 'a: [', 'text', 'users: 5', 'users: [null, {user: null}]'])(
  'what is no kubeconfig (%p) has no credentials',
  (text) => {
    expect(credentialsOf(text)).toEqual({ secrets: [], files: [] });
  },
);

test('a binary that happens to be base64 stays as it is written', () => {
  expect(formsOf('AAECAw==')).toEqual(['AAECAw==']);
});

function kubeconfig(user: unknown): string {
  return stringify({ apiVersion: 'v1', kind: 'Config', users: [{ name: 'ana', user }] });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
