import { keepIssue, withHint, type ActionRun } from '@kafka-ha/action-kit';
import type { Verdict } from '@kafka-ha/health';
import { verdictMarkdown } from '@kafka-ha/report';

type Run = Pick<
  ActionRun<{ 'cluster-file': string; environment?: string | undefined }, string>,
  'actor' | 'github' | 'inputs' | 'redact' | 'spec' | 'warn'
>;

/** Has one issue say what is wrong with the cluster; closes it when nothing is. That it cannot is a warning. */
export async function tellInIssue(
  { actor, github, inputs, redact, spec, warn }: Run,
  verdict: Verdict,
): Promise<void> {
  if (github === undefined) return warn('Without a github-token no issue can be kept.');
  const cluster = `${spec.namespace}/${spec.name}`;
  const wrong = [...verdictMarkdown(verdict), `Seen by ${actor.holder}.`].join('\n\n');
  try {
    await keepIssue(github, {
      subject: `health of ${inputs['cluster-file']} ${inputs.environment ?? ''}`,
      title: `Kafka ${cluster} is not healthy`,
      wrong: verdict.status === 'healthy' ? undefined : redact(wrong),
    });
  } catch (thrown) {
    warn(`Could not keep the issue of ${cluster}: ${withHint(thrown)}`);
  }
}
