import { expect } from '@jest/globals';
import { listLocalClusters } from '@kafka-ha/local-cluster';

/** The cluster that a workflow has started is gone, by the name that its action told. Others of the machine come and go meanwhile. */
export async function expectClusterGone(log: string): Promise<void> {
  const [, name] = /::set-output:: name=([\w-]+)/.exec(log) ?? [];
  expect(name).toBeDefined();
  expect(await listLocalClusters()).not.toContain(name);
}
