import { explain, formatProblem } from '@kafka-ha/config';
import { loadSpec } from '../load-spec.ts';
import { colorsOf } from '../output/colors.ts';
import { printExplanation } from '../output/print-explanation.ts';
import type { FileOptions } from '../program.ts';

/** `kafka-ha validate`: the proof and the sizing; a file that is refused is an error with every problem in it. */
export async function validate(options: FileOptions): Promise<void> {
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
