import { describe, expect, test } from '@jest/globals';
import { nearest } from './nearest.ts';

const keys = ['brokers', 'tolerance', 'storage', 'topics'];

describe('nearest', () => {
  test.each([
    ['broker', 'brokers'],
    ['brokrs', 'brokers'],
    ['borkers', 'brokers'],
    ['Brokers', 'brokers'],
    ['tolerence', 'tolerance'],
    ['topic', 'topics'],
    ['tol', 'tolerance'],
  ])('%s was meant as %s', (word, meant) => {
    expect(nearest(word, keys)).toBe(meant);
  });

  test.each(['replicas', 'x', ''])('nothing is near %p', (word) => {
    expect(nearest(word, keys)).toBeUndefined();
  });

  test('the nearest of several wins', () => {
    expect(nearest('num.io.thread', ['num.io.threads', 'num.network.threads'])).toBe('num.io.threads');
  });
});
