import type { Finding } from '../source/finding.ts';
import { isMap } from '../source/layers.ts';
import { nearest } from '../source/nearest.ts';
import { environmentsSchema } from './cluster-file.ts';
import { schemaFindings } from './schema-findings.ts';

/**
 * What is wrong in the environments, chosen or not: a typing error in one should not wait until it is deployed. What is
 * inside the chosen one is left to the check of the merged file.
 */
export function environmentFindings(environments: unknown, chosen: string | undefined): Finding[] {
  const known = isMap(environments) ? Object.keys(environments) : [];
  const findings =
    environments === undefined ? [] : schemaFindings(environmentsSchema, environments, ['environments']);
  const others = findings.filter(({ paths: [path] }) => path.length <= 2 || path[1] !== chosen);
  if (chosen === undefined || known.includes(chosen)) return others;
  const meant = nearest(chosen, known);
  const question = meant === undefined ? '' : ` did you mean "${meant}"?`;
  const message = `there is no environment "${chosen}";${question} known: ${known.join(', ') || 'none'}`;
  return [...others, { paths: [['environments']], part: 'key', message }];
}
