import type { DrillResult, DrillVerdict } from '@kafka-ha/history';

/** Pass only where every drill passed, and there was one; fail where any failed. */
export function overallVerdict(results: readonly Pick<DrillResult, 'verdict'>[]): DrillVerdict['result'] {
  const all = results.map(({ verdict }) => verdict.result);
  if (all.includes('fail')) return 'fail';
  return all.length > 0 && all.every((result) => result === 'pass') ? 'pass' : 'no-verdict';
}
