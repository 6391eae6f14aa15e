import { describe, expect, test } from '@jest/globals';
import { reachedAt } from './control-plane.ts';

describe('control plane', () => {
  test('only the address of the API server is changed', () => {
    const admin = 'clusters:\n- cluster:\n    server: https://198.18.0.10:6443\n  name: dev\n';
    expect(reachedAt(admin, 40123)).toBe(
      'clusters:\n- cluster:\n    server: https://127.0.0.1:40123\n  name: dev\n',
    );
  });
});
