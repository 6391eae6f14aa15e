import { describe, expect, test } from '@jest/globals';
import { remarks } from './kubeconfig-remarks.ts';

const hourMs = 3_600_000;
const now = Date.parse('2026-11-30T08:00:00Z');
const made = {
  account: 'events-deployer',
  namespace: 'kafka',
  server: 'https://kube.example',
  readOnly: false,
  expires: 8 * hourMs,
  expiresAt: now + 8 * hourMs,
  output: undefined,
  now,
};

describe('remarks on a kubeconfig', () => {
  test('they say until when it works, and how the secrets of both environments are set', () => {
    expect(remarks(made)).toEqual([
      'kubeconfig of the account kafka/events-deployer: it works until 2026-11-30T16:00:00.000Z',
      'For a workflow, in the repository:',
      '  kafka-ha kubeconfig --expires 8h | gh secret set KUBECONFIG --env production',
      '  kafka-ha kubeconfig --expires 8h | gh secret set KUBECONFIG --env production-watch',
    ]);
    expect(remarks({ ...made, output: 'x.yaml' })).toContain(
      '  gh secret set KUBECONFIG --env production < x.yaml',
    );
  });

  test('the secret is set to what was asked for', () => {
    const asked = [12 * hourMs, 90 * 24 * hourMs].map((expires) => remarks({ ...made, expires }).at(-1));
    expect(asked).toEqual([
      expect.stringContaining('--expires 12h |'),
      expect.stringContaining('--expires 90d |'),
    ]);
  });

  test('a lifetime that was cut short is told, with the way out where there is one', () => {
    const short = { ...made, expires: 720 * hourMs, expiresAt: now + 24 * hourMs };
    expect(remarks(short)[1]).toBe(
      '! The API server grants 24h, not 30d: a run that is scheduled fails after that.',
    );
    expect(remarks({ ...short, readOnly: true, account: 'events-health' })[1]).toContain(
      '--expires never lasts.',
    );
  });

  test('one that lasts names what ends it', () => {
    const lasting = {
      ...made,
      readOnly: true,
      account: 'events-health',
      expires: 'never' as const,
      expiresAt: undefined,
    };
    expect(remarks(lasting)).toEqual([
      'kubeconfig of the account kafka/events-health: it works until kubectl -n kafka delete secret events-health-token',
      'For a workflow, in the repository:',
      '  kafka-ha kubeconfig --read-only --expires never | gh secret set KUBECONFIG --env production-health',
    ]);
  });

  test.each(['https://127.0.0.1:6443', 'https://localhost:6443', 'https://[::1]:6443'])(
    'nobody is left to believe that a runner reaches %s',
    (server) => {
      expect(remarks({ ...made, server })[1]).toContain('is an address of this machine');
    },
  );
});
