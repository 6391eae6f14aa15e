import { type ActionRun, clusterInputs, defineAction, flag, keepIssue, withHint } from '@kafka-ha/action-kit';
import { count, KafkaHaError, type StepEvent } from '@kafka-ha/base';
import { assess, type Verdict } from '@kafka-ha/health';
import { openKube } from '@kafka-ha/kube';
import { autosize } from '@kafka-ha/operations';
import { type Cluster, readState } from '@kafka-ha/cluster';
import { escapeMarkdown, verdictMarkdown } from '@kafka-ha/report';
import { z } from 'zod';

/** Reads the live cluster once and judges it; fails unless it is healthy, so that a workflow turns red. */
export const healthAction = defineAction({
  name: 'health',
  title: 'Health of',
  inputs: z.object({ ...clusterInputs, issue: flag(false), autosize: flag(false) }),
  outputs: { status: 'unknown', findings: '[]', 'new-sizes': '[]' },
  async run(run) {
    const { spec, kubeSource, signal } = run;
    const cluster = { spec, kube: openKube(kubeSource()), signal };
    const verdict = await run.show(readVerdict(cluster));
    run.setOutput('status', verdict.status);
    run.setOutput('findings', JSON.stringify(verdict.findings));
    run.report(...verdictMarkdown(verdict));
    if (run.inputs.issue) await tellInIssue(run, verdict);
    if (verdict.status !== 'healthy') throw notHealthy(verdict);
    if (run.inputs.autosize) {
      const { 'cluster-file': file, environment } = run.inputs;
      const options = { file, environment, watchMs: 30_000, write: true };
      const { reasons, remarks } = await run.show(autosize(cluster, options));
      run.setOutput('new-sizes', JSON.stringify(reasons));
      run.report(sizesMarkdown(reasons, remarks));
    }
  },
});

async function* readVerdict(cluster: Cluster): AsyncGenerator<StepEvent, Verdict> {
  const step = 'read';
  yield { kind: 'steps', steps: [{ id: step, title: 'Read the cluster and judge it' }] };
  yield { kind: 'started', step };
  const verdict = assess(cluster.spec, await readState(cluster));
  yield { kind: 'finished', step, summary: describe(verdict) };
  return verdict;
}

function describe({ status, findings }: Verdict): string {
  return findings.length === 0 ? status : `${status}, ${count(findings.length, 'finding')}`;
}

function notHealthy({ status, findings }: Verdict): KafkaHaError {
  const message =
    status === 'unknown' ? 'the health of the cluster could not be determined' : 'the cluster is not healthy';
  return new KafkaHaError('unhealthy', message, {
    details: findings.map(({ subject, reason }) => `${subject}: ${reason}`),
    hint: findings[0]?.action,
  });
}

function sizesMarkdown(reasons: readonly string[], remarks: readonly string[]): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');
  const sizes =
    reasons.length === 0
      ? 'The sizes in the cluster file fit the measured use.'
      : `New sizes:\n\n${list(reasons)}`;
  return remarks.length === 0 ? sizes : `${sizes}\n\nNot answered by a size:\n\n${list(remarks)}`;
}

type Run = Pick<
  ActionRun<{ 'cluster-file': string; environment?: string | undefined }, string>,
  'actor' | 'github' | 'inputs' | 'redact' | 'spec' | 'warn'
>;

/** Has one issue say what is wrong with the cluster; closes it when nothing is. That it cannot is a warning. */
async function tellInIssue(
  { actor, github, inputs, redact, spec, warn }: Run,
  verdict: Verdict,
): Promise<void> {
  if (github === undefined) return warn('Keeping an issue needs the input github-token.');
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
