import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../paths.ts';
import { runCommand, type Job } from '../run-command.ts';
import { versions } from '../versions.ts';

/** The path of kind: the one that is installed, else one that `go install` brings, once. */
export async function kindProgram(job: Job): Promise<string> {
  const directories = (process.env['PATH'] ?? '').split(':').filter(Boolean);
  const cached = join(cacheDirectory(), `kind-${versions.kind}`);
  const installed = [...directories, cached].map((directory) => join(directory, 'kind')).find(existsSync);
  if (installed !== undefined) return installed;
  await runCommand(job, ['go', 'install', `sigs.k8s.io/kind@v${versions.kind}`], {
    env: { GOBIN: cached, GOTOOLCHAIN: 'auto' },
    onLine: job.say,
  });
  return join(cached, 'kind');
}
