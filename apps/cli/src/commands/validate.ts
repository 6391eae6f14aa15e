import type { Command } from 'commander';
import { fileCommand, type FileOptions } from '../options.ts';

/** `kafka-ha validate`: the proof and the sizing; a file that is refused is an error with every problem in it. */
export function validateCommand(): Command {
  return fileCommand('validate', 'check the cluster file; print the proof and the sizing')
    .addHelpText('after', '\nReads nothing but the file. Exits with 1 if the file is refused.')
    .action((_, self: Command) => validate(self.optsWithGlobals<FileOptions>()));
}

async function validate(options: FileOptions): Promise<void> {
  const { explain, formatProblem } = await import('@kafka-ha/config');
  const { loadSpec } = await import('../load-spec.ts');
  const { colorsOf } = await import('../output/colors.ts');
  const { printExplanation } = await import('../output/print-explanation.ts');
  const { spec, warnings } = await loadSpec(options);
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ spec, explanation: explain(spec), warnings }, null, 2)}\n`);
    return;
  }
  const { bold, green, yellow } = colorsOf(process.stdout);
  const promise = `any ${spec.tolerance} of its ${spec.brokers} brokers may be lost at once`;
  const environment = options.environment === undefined ? '' : `, environment ${options.environment}`;
  process.stdout.write(
    `${green('✓')} ${bold(spec.name)} keeps its promise: ${promise} (${options.file}${environment})\n`,
  );
  printExplanation(explain(spec), process.stdout);
  for (const warning of warnings) process.stdout.write(`${yellow('!')} ${formatProblem(warning)}\n`);
}
