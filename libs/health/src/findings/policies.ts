import type { Spec } from '@kafka-ha/config';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State } from '../state.ts';

/** That nothing keeps others from the brokers, where somebody has tried. */
export function policyFindings({ namespace }: Spec, { policies }: State): Finding[] {
  const trial = valueOf(policies);
  if (trial === undefined || trial.enforced) return [];
  const { from, to, port } = trial;
  const reason = `Pod ${to} answers ${from} at port ${port}, which is for brokers alone.`;
  return [finding('policies-not-enforced', `namespace ${namespace}`, reason)];
}
