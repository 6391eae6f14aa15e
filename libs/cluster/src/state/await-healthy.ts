import { count, KafkaHaError, waitTelling, type Look } from '@kafka-ha/base';
import { assess, type Finding, type Verdict } from '@kafka-ha/health';
import type { Cluster } from '../cluster.ts';
import { readState } from './read-state.ts';

/** Two minutes: after the last pod is ready its replicas still have to catch up. */
const defaultDeadlineMs = 120_000;
const pollMs = 1_000;

/**
 * Reads and assesses the cluster until it is healthy but for findings that the caller accepts, telling what it still
 * lacks.
 *
 * @throws KafkaHaError at the deadline: `unhealthy` with the findings, or `deadline-exceeded` where it could not be read.
 */
export async function* awaitHealthy(
  cluster: Cluster,
  {
    deadlineMs = defaultDeadlineMs,
    accepts = () => false,
  }: {
    deadlineMs?: number;
    accepts?: (finding: Finding) => boolean;
  } = {},
): AsyncGenerator<string, string> {
  const look = async (): Promise<Look<string>> => {
    const verdict = without(accepts, assess(cluster.spec, await readState(cluster, { consumers: false })));
    if (verdict.status === 'healthy') return { found: describeHealthy(verdict) };
    return { missing: firstFinding(verdict), late: () => unhealthy(verdict, deadlineMs) };
  };
  const { signal } = cluster;
  const { clock } = cluster.kube;
  return yield* waitTelling(look, { deadlineMs, intervalMs: pollMs, signal, clock });
}

/** The verdict as it would be without the findings that are accepted. */
function without(accepts: (finding: Finding) => boolean, verdict: Verdict): Verdict {
  const findings = verdict.findings.filter((finding) => !accepts(finding));
  const isAccepted = verdict.status === 'unhealthy' && findings.every(({ severity }) => severity !== 'error');
  return { ...verdict, findings, status: isAccepted ? 'healthy' : verdict.status };
}

function firstFinding({ findings: [finding] }: Verdict): string {
  return finding === undefined ? 'waiting for a full reading' : `${finding.subject}: ${finding.reason}`;
}

function describeHealthy({ findings }: Verdict): string {
  return findings.length === 0 ? 'healthy' : `healthy, ${count(findings.length, 'warning')}`;
}

function unhealthy({ findings, status }: Verdict, deadlineMs: number): KafkaHaError {
  const [code, message] =
    status === 'unknown'
      ? ([
          'deadline-exceeded',
          `the cluster's health could not be read within ${deadlineMs / 1000} s`,
        ] as const)
      : (['unhealthy', `the cluster is not healthy after ${deadlineMs / 1000} s`] as const);
  return new KafkaHaError(code, message, {
    details: findings.map(({ subject, reason }) => `${subject}: ${reason}`),
    hint: findings[0]?.action ?? 'Run `kafka-ha health` to check again.',
  });
}
