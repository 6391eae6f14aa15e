import { describe, expect, test } from '@jest/globals';
import { actionsOf, ownActions } from './own-package.ts';

describe('own package', () => {
  test('a release knows where its actions are, by the tag that moves', () => {
    const repository = { url: 'git+https://github.com/acme/kafka-ha.git' };
    expect(actionsOf({ version: '1.2.3', repository })).toBe('acme/kafka-ha@v1');
  });

  test('a clone does not, nor what was made of another kind of repository', () => {
    expect(ownActions()).toBeUndefined();
    const repository = { url: 'git+https://git.example/acme/kafka-ha.git' };
    expect(actionsOf({ version: '1.2.3', repository })).toBeUndefined();
  });
});
