import { lockCluster } from '../cluster-lock.ts';
import type { StepContext } from '../run-command.ts';
import { cleanCluster } from './clean.ts';

export async function downNamespaces(name: string, context: StepContext): Promise<void> {
  const lock = await lockCluster(name, context);
  try {
    await cleanCluster(name, context);
  } finally {
    await lock.release();
  }
}
