import { KafkaHaError } from '@kafka-ha/base';
import { execInPod } from '@kafka-ha/kube';
import { pidFile } from '@kafka-ha/manifests';
import type { FencedCluster } from '@kafka-ha/cluster';
import type { StrikeMoment } from './fault.ts';
import type { Victim } from '@kafka-ha/history';

const jvm = `$(cat ${pidFile})`;

/** SIGKILL: the process has no chance to say good-bye, its pod stays. */
export function killJvm(cluster: FencedCluster, victim: Victim, moment?: StrikeMoment): Promise<void> {
  return atTheMoment(cluster, victim, `kill -9 ${jvm}`, { moment });
}

const marginMs = 5_000;

/** SIGSTOP. A little after its time the pod lets it go on, should nobody be left here to do it. */
export function pauseJvm(
  cluster: FencedCluster,
  victim: Victim,
  { durationMs, moment }: { durationMs: number; moment?: StrikeMoment | undefined },
): Promise<void> {
  const resume = `(sleep ${(durationMs + marginMs) / 1000}; kill -CONT ${jvm}) > /dev/null 2>&1 < /dev/null &`;
  return atTheMoment(cluster, victim, `kill -STOP ${jvm}; ${resume}`, { moment });
}

/** SIGCONT, which does nothing to a process that runs. */
export function resumeJvm(cluster: FencedCluster, victim: Victim): Promise<void> {
  return atTheMoment(cluster, victim, `kill -CONT ${jvm}`, {});
}

const execWithinMs = 10_000;
/** What a slow kubelet may take to begin a command. Who comes later than that hits a cluster that is on its way back. */
const gatherMs = 4_000;
/** Between the nodes' clocks, and for a busy node to look at its own. */
export const lateSeconds = 1;

/** A second of the cluster's clock at which all victims are ready to be hit. */
export function momentAfter(nowMs: number, doubt: StrikeMoment['doubt']): StrikeMoment {
  return { atSecond: Math.ceil((nowMs + gatherMs) / 1000), doubt };
}

/**
 * Each pod waits by its own node's clock for the same second, and says in which one it acts. Whole seconds, since not
 * every image's `date` knows parts of one.
 */
async function atTheMoment(
  cluster: FencedCluster,
  victim: Victim,
  act: string,
  { moment }: { moment?: StrikeMoment | undefined },
): Promise<void> {
  if (moment === undefined) return void (await inPod(cluster, victim, act, { timeoutMs: execWithinMs }));
  const { atSecond, doubt } = moment;
  const script = `while [ "$(date +%s)" -lt ${atSecond} ]; do sleep 0.02; done; date +%s; ${act}`;
  const told = await inPod(cluster, victim, script, { timeoutMs: execWithinMs + gatherMs });
  // What was said just before the container ended may not come through.
  const late = told.trim() === '' ? 0 : Number(told) - atSecond;
  if (!(late <= lateSeconds))
    doubt(`${victim.pod} was hit ${late} s later than intended, so not all were hit at once`);
}

async function inPod(
  { kube, spec, signal }: FencedCluster,
  { pod, component }: Victim,
  script: string,
  { timeoutMs }: { timeoutMs: number },
): Promise<string> {
  const { exitCode, stdout, stderr } = await execInPod(kube, {
    namespace: spec.namespace,
    pod,
    container: component,
    command: ['sh', '-c', script],
    timeoutMs,
    signal,
  });
  if (exitCode !== 0)
    throw new KafkaHaError('pod-failed', `${script} failed in ${pod}: ${stderr.trim() || exitCode}`);
  return stdout;
}
