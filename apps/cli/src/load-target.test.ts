import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { kubeconfigPathOf } from './load-target.ts';

describe('kubeconfigPathOf', () => {
  test('a KUBECONFIG that is set to nothing is not set', () => {
    const usual = join(homedir(), '.kube', 'config');
    expect(kubeconfigPathOf({ kubeconfig: '' })).toBe(usual);
    expect(kubeconfigPathOf({})).toBe(usual);
    expect(kubeconfigPathOf({ kubeconfig: '/elsewhere' })).toBe('/elsewhere');
  });
});
