import { userInfo } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { actor } from './actor.ts';

describe('actor', () => {
  test('it is whoever runs the tool, and where', () => {
    expect(actor().holder).toMatch(/^\S+@\S+, process \d+$/);
    expect(actor().holder).toContain(`${userInfo().username}@`);
  });

  test('in a container it may be a number that has no name', () => {
    const nameless = () => {
      throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
    };
    expect(actor(nameless).holder).toContain(`user ${process.getuid?.()}@`);
  });
});
