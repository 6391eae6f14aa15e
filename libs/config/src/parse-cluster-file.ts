import { KafkaHaError } from '@kafka-ha/errors';
import { checkClusterFile, type CheckOptions } from './check-cluster-file.ts';
import { formatProblem, type Warning } from './source/problem.ts';
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
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const message =
    code === 'promise-broken'
      ? `${options.file} cannot keep its promise: ${problems[0].message}`
      : `${options.file} has ${count}`;
  throw new KafkaHaError(code, message, {
    details: problems.map(formatProblem),
    hint: `Correct ${problems.length === 1 ? 'it' : 'them'} in ${options.file}; nothing was changed on any cluster.`,
  });
}
