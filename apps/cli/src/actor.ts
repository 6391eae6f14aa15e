import { hostname, userInfo } from 'node:os';

/**
 * Who a lock on the cluster names: `ana@laptop, process 4711`. A container is often run as a number that its image has no name for, and
 * then `userInfo` throws.
 */
export function actor(user: () => { username: string } = userInfo): { holder: string } {
  return { holder: `${nameOf(user)}@${hostname()}, process ${process.pid}` };
}

function nameOf(user: () => { username: string }): string {
  try {
    return user().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}
