import { runCommand, type StepContext } from '../run-command.ts';
import { deleteCommand } from './kind-commands.ts';
import { kindProgram } from './kind-program.ts';

export async function downKind(name: string, context: StepContext): Promise<void> {
  await runCommand(context, deleteCommand(await kindProgram(context), name), { onLine: context.say });
}
