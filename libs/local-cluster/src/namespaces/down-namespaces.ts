import { lockCluster } from '../cluster-lock.ts';
import type { Job } from '../run-command.ts';
import { cleanCluster } from './clean.ts';

export async function downNamespaces(name: string, job: Job): Promise<void> {
  const lock = await lockCluster(name, job);
  try {
    await cleanCluster(name, job);
  } finally {
    await lock.release();
  }
}
