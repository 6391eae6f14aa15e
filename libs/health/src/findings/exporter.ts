import type { Spec } from '@kafka-ha/config';
import { names } from '@kafka-ha/manifests';
import { finding, type Finding } from '../finding.ts';
import type { ExporterPod, State } from '../state.ts';
import { sentences } from '../wording.ts';
import { podProblem, restartsOf } from './pods.ts';

/** Two minutes: it starts in seconds, and its image may have to be pulled first. */
const startWithinMs = 120_000;
/** What the kubelet says of a container while it prepares one. */
const preparing: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** That the exporter does not run, where somebody has looked. One that is starting is none. */
export function exporterFindings(spec: Spec, { exporter }: Pick<State, 'exporter'>): Finding[] {
  if (exporter === undefined) return [];
  const living = exporter.filter(({ deleting, phase }) => !deleting && !hasEnded(phase));
  if (living.length === 0)
    return [finding('exporter-not-ready', `Deployment ${names(spec).exporter}`, 'It has no pod.', deploy)];
  return living.filter(isStuck).map((pod) => {
    const which = pod.restarts > 0 ? ' --previous' : '';
    const log = `Read its log: \`kubectl -n ${spec.namespace} logs ${pod.name}${which}\`.`;
    const hasRun = pod.restarts > 0 || pod.phase === 'Running';
    const reason = sentences(podProblem(pod), restartsOf(pod));
    return finding('exporter-not-ready', `pod ${pod.name}`, reason, hasRun ? log : undefined);
  });
}

const deploy =
  'Run `kafka-ha deploy`. If that has been done, read the events of its ReplicaSet: a quota or an admission rule may prevent it.';

/** An evicted pod stays as one that has failed, beside the one that has taken its place. */
function hasEnded(phase: string): boolean {
  return phase === 'Failed' || phase === 'Succeeded';
}

function isStuck({ ready, restarts, waiting, notReadyForMs }: ExporterPod): boolean {
  if (ready) return false;
  const waitsInVain = waiting !== null && !preparing.has(waiting.reason);
  return waitsInVain || restarts > 0 || notReadyForMs > startWithinMs;
}
