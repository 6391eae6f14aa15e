import { runCommand, type Job } from '../run-command.ts';
import { deleteCommand } from './kind-commands.ts';
import { kindProgram } from './kind-program.ts';

export async function downKind(name: string, job: Job): Promise<void> {
  await runCommand(job, deleteCommand(await kindProgram(job), name), { onLine: job.say });
}
