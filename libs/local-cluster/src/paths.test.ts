import { describe, expect, test } from '@jest/globals';
import { cacheDirectory, clusterDirectory } from './paths.ts';

describe('paths', () => {
  test('the cache is where XDG says', () => {
    expect(cacheDirectory({ XDG_CACHE_HOME: '/mnt/cache' })).toBe('/mnt/cache/kafka-ha');
    expect(cacheDirectory({})).toMatch(/\/\.cache\/kafka-ha$/);
  });

  test.each(['dev', 'a', 'ci-42', 'a'.repeat(31)])('%s can name a cluster', (name) => {
    expect(clusterDirectory(name)).toBe(`/var/tmp/kafka-ha/${name}`);
  });

  test.each(['', '../x', 'Dev', '1st', 'a/b', 'dev-', 'a'.repeat(32), 'inotify_limit'])(
    '%p cannot name a cluster',
    (name) => {
      expect(() => clusterDirectory(name)).toThrow(expect.objectContaining({ code: 'invalid-usage' }));
    },
  );
});
