import { KafkaHaError } from '@kafka-ha/errors';
import { execInPod } from '@kafka-ha/kube';
import { pidFile } from '@kafka-ha/manifests';
import type { Cluster } from '../../connect.ts';
import type { Victim } from './scene.ts';

const jvm = `$(cat ${pidFile})`;

/** SIGKILL: the process has no chance to say good-bye, its pod stays. */
export function killJvm(cluster: Cluster, victim: Victim, signal: AbortSignal): Promise<void> {
  return inPod(cluster, victim, `kill -9 ${jvm}`, signal);
}

const marginMs = 5_000;

/** SIGSTOP. A little after its time the pod lets it go on, should nobody be left here to do it. */
export function pauseJvm(
  cluster: Cluster,
  victim: Victim,
  { durationMs, signal }: { durationMs: number; signal: AbortSignal },
): Promise<void> {
  const resume = `(sleep ${(durationMs + marginMs) / 1000}; kill -CONT ${jvm}) > /dev/null 2>&1 < /dev/null &`;
  return inPod(cluster, victim, `kill -STOP ${jvm}; ${resume}`, signal);
}

/** SIGCONT, which does nothing to a process that runs. */
export function resumeJvm(cluster: Cluster, victim: Victim, signal: AbortSignal): Promise<void> {
  return inPod(cluster, victim, `kill -CONT ${jvm}`, signal);
}

async function inPod(
  { kube, spec }: Cluster,
  { pod, component }: Victim,
  script: string,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stderr } = await execInPod(kube, {
    namespace: spec.namespace,
    pod,
    container: component,
    command: ['sh', '-c', script],
    timeoutMs: 10_000,
    signal,
  });
  if (exitCode !== 0)
    throw new KafkaHaError('pod-failed', `${script} failed in ${pod}: ${stderr.trim() || exitCode}`);
}
