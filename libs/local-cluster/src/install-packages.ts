import { runCommand, type Job } from './run-command.ts';

/** Installs Debian packages. None of ours brings a service. */
export async function installPackages(packages: readonly string[], job: Job): Promise<void> {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, onLine: job.say };
  await runCommand(job, ['apt-get', 'update'], options);
  await runCommand(job, ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages], options);
}
