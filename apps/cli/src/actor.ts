import { hostname, userInfo } from 'node:os';

/** Who a lock on the cluster names: `ana@laptop, process 4711`. */
export function actor(): { holder: string } {
  return { holder: `${userInfo().username}@${hostname()}, process ${process.pid}` };
}
