import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { Command } from 'commander';
import { type Answers, questions, withDefaults } from '../init/answers.ts';
import type { NewFile } from '../init/write-new-files.ts';
import { newCommand, valueOption, type JsonOption, type Run } from '../options.ts';

type Options = JsonOption & Partial<Answers> & { workflows: boolean; yes?: boolean };

/** `kafka-ha init`: asks what a cluster is to be, and writes its cluster file and its workflows. */
export function initCommand(run: Run): Command {
  const { name, namespace, mode, brokers, tolerance, rate, environments, actions } = questions;
  return newCommand('init', 'write a cluster file, and the GitHub workflows that deploy it')
    .argument('[folder]', 'the repository that they are for', '.')
    .addOption(valueOption('--name <name>', name.text, name.kind))
    .addOption(valueOption('--namespace <name>', namespace.text, namespace.kind))
    .addOption(valueOption('--mode <mode>', mode.text, mode.kind))
    .addOption(valueOption('--brokers <count>', brokers.text, brokers.kind))
    .addOption(valueOption('--tolerance <count>', tolerance.text, tolerance.kind))
    .addOption(valueOption('--rate <rate>', rate.text, rate.kind))
    .addOption(valueOption('--environments <names>', environments.text, environments.kind))
    .addOption(valueOption('--actions <repository>', actions.text, actions.kind))
    .option('--no-workflows', 'write the cluster file only')
    .option('--yes', 'ask nothing: take the default of what no option says')
    .addHelpText('after', help)
    .action((folder: string, _, self: Command) => init(folder, self.optsWithGlobals<Options>(), run));
}

async function init(folder: string, options: Options, { signal }: Run): Promise<void> {
  const { terminalOf } = await import('../read-line.ts');
  const { ask } = await import('../init/ask.ts');
  const { newFiles, refuseFormer } = await import('../init/new-files.ts');
  const { writeNewFiles } = await import('../init/write-new-files.ts');
  const { printError } = await import('../output/print-error.ts');
  const { printNext } = await import('../init/print-next.ts');
  const terminal = options.yes === true ? undefined : terminalOf(options, signal);
  if (options.yes !== true && terminal === undefined)
    throw new KafkaHaError('invalid-usage', 'init asks its questions on a terminal, and there is none', {
      hint: 'Give --yes, and the options whose defaults are not yours: kafka-ha init --help lists them.',
    });
  await refuseFormer(folder, options.workflows);
  const typed = {};
  let answers: Answers;
  let files: NewFile[];
  for (;;) {
    answers = terminal === undefined ? withDefaults(options) : await ask(options, typed, terminal);
    try {
      files = newFiles(answers, options.workflows);
      break;
    } catch (error) {
      const isAnswered = Object.keys(typed).length > 0;
      if (!isAnswered || !isKafkaHaError(error)) throw error;
      // A person sees why, and answers otherwise.
      printError(error, { json: false, verbose: false });
    }
  }
  signal.throwIfAborted();
  await writeNewFiles(folder, files);
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ folder, written: files.map(({ path }) => path) }, null, 2)}\n`);
  else printNext(folder, answers, files, process.stdout);
}

const help = `
Asks on a terminal for what no option says; in a script, --yes takes the defaults. No file is overwritten, and a cluster that
cannot keep its promise is refused before anything is written.
  $ kafka-ha init ../my-kafka
  $ kafka-ha init --yes --name events --brokers 3 --actions acme/kafka-ha@v1`;
