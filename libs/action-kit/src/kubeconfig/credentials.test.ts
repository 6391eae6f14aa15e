import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { credentialsOf, formsOf } from './credentials.ts';

const key =
  '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBkeyLineOne\nkeyLineTwo==\n-----END EC PRIVATE KEY-----\n';

describe('credentials', () => {
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
      { username: 'ana', password: 'marked-pass' },
      ['marked-pass', base64('ana:marked-pass')],
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

  test('of the arguments of a login plugin, values and words of their own are found, flags and harmless ones not', () => {
    const args = [
      'get-token',
      '--login',
      'spn-marked',
      '--client-secret',
      'S3cr3tOfThePrincipal',
      '--verbose',
    ];
    const more = ['--password=marked=pass', '--region', 'eu-central-1', '--cluster-name=kafka-prod-1'];
    const env = [
      { name: 'AWS_PROFILE', value: 'production' },
      { name: 'X', value: '1' },
    ];
    const { secrets } = credentialsOf(
      kubeconfig({ exec: { command: 'login', args: [...args, ...more], env } }),
    );
    expect(secrets).toEqual(['S3cr3tOfThePrincipal', 'marked=pass']);
  });

  test.each([
    ['1', 'prod', 'p', 'seven77'].map((word) => ({ exec: { command: 'login', args: [word], env: null } })),
    [{ exec: { command: 'login', env: [{ name: 'STAGE', value: 'prod' }, null] } }, { exec: null }],
    [{ token: 'prod' }, { password: '1' }],
  ])('words that are too short to be told from others are not masked', (...users) => {
    expect(users.flatMap((user) => credentialsOf(kubeconfig(user)).secrets)).toEqual([]);
  });

  test('the password of a proxy and of a server is found, as written, as meant, and as it is sent', () => {
    const clusters = [
      {
        cluster: {
          server: 'https://ann:s3rver-pass@kube',
          'proxy-url': 'http://ci:Pr0xy%21Passw0rd@proxy:3128',
        },
      },
      { cluster: { server: 'https://plain' } },
      null,
    ];
    expect(credentialsOf(stringify({ clusters })).secrets).toEqual([
      's3rver-pass',
      base64('ann:s3rver-pass'),
      'Pr0xy%21Passw0rd',
      'Pr0xy!Passw0rd',
      base64('ci:Pr0xy!Passw0rd'),
    ]);
  });

  test('files with credentials are named, and certificates are no secret', () => {
    const user = {
      tokenFile: 'token',
      'client-key': '/keys/client.key',
      'client-certificate-data': 'public',
    };
    expect(credentialsOf(kubeconfig(user))).toEqual({ secrets: [], files: ['token', '/keys/client.key'] });
  });

  test('every user counts, not only that of the current context', () => {
    const text = stringify({
      users: [
        { name: 'a', user: { token: 'first-token' } },
        { name: 'b', user: { token: 'second-token' } },
      ],
    });
    expect(credentialsOf(text).secrets).toEqual(['first-token', 'second-token']);
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
});
