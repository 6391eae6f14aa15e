import { KafkaHaError } from '@kafka-ha/base';
import { checkClusterFile, type CheckOptions, type RefusalCode } from './check-cluster-file.ts';
import { formatProblem, type Problem, type Warning } from './source/problem.ts';
import type { Spec } from './spec.ts';

/**
 * The spec of a cluster file, proven and sized.
 *
 * Throws KafkaHaError `invalid-cluster-file`, or `promise-broken` where the tolerance cannot be kept, with every
 * problem in `details` as `file:line:column: what was found; what is allowed`.
 */
export function parseClusterFile(text: string, options: CheckOptions): { spec: Spec; warnings: Warning[] } {
  const result = checkClusterFile(text, options);
  if (result.kind === 'ok') return { spec: result.spec, warnings: result.warnings };
  const { code, problems } = result;
  throw new KafkaHaError(code, summary(options.file, code, problems), {
    details: problems.map(formatProblem),
    hint: `Correct ${options.file} and try again. Nothing was changed.`,
  });
}

/**
 * The same for the text of a file that was changed after `former` was made from it: what the spec has that is not of the
 * file, the exporter's program, is carried over.
 */
export function parseChangedFile(
  text: string,
  options: CheckOptions,
  former: Spec,
): { spec: Spec; warnings: Warning[] } {
  const { spec, warnings } = parseClusterFile(text, options);
  const program = former.metrics?.program;
  if (spec.metrics === null || program === undefined) return { spec, warnings };
  return { spec: { ...spec, metrics: { ...spec.metrics, program } }, warnings };
}

function summary(file: string, code: RefusalCode, problems: readonly Problem[]): string {
  if (code === 'promise-broken') return `${file} promises what cannot be kept: ${problems[0]?.message}`;
  return `${file} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}`;
}
