import { toRunMs } from '../interruptions.ts';
import { type History } from '../history.ts';
import { type Lifeline } from '../drill-result.ts';
import type { PodState } from '@kafka-ha/health';
import type { Sightings } from './sightings.ts';

type Look = { ms: number; pods: ReadonlyMap<string, PodState> };
type State = Lifeline['spans'][number]['state'];

/** What each pod was over the run, from one look to the next. */
export function lifelinesOf(history: History, { pods }: Sightings, toMs: number): Lifeline[] {
  const looks = pods.map((look): Look => ({
    ms: Math.max(0, toRunMs(history, look.epochMs)),
    pods: new Map(look.pods.map((pod) => [pod.name, pod])),
  }));
  const known = new Map(pods.flatMap((look) => look.pods).map(({ name, component }) => [name, component]));
  return [...known].map(([name, component]) => ({ name, component, spans: spansOf(name, looks, toMs) }));
}

function spansOf(name: string, looks: readonly Look[], toMs: number): Lifeline['spans'] {
  const spans: { fromMs: number; toMs: number; state: State }[] = [];
  for (const [index, look] of looks.entries()) {
    const state = stateOf(look.pods.get(name));
    const fromMs = index === 0 ? 0 : look.ms;
    const endMs = Math.min(looks[index + 1]?.ms ?? toMs, toMs);
    const last = spans.at(-1);
    if (endMs <= fromMs) continue;
    if (last?.state === state) last.toMs = endMs;
    else spans.push({ fromMs, toMs: endMs, state });
  }
  return spans;
}

function stateOf(pod: PodState | undefined): State {
  if (pod === undefined || pod.waiting !== null) return 'gone';
  return pod.ready && !pod.deleting ? 'ready' : 'not-ready';
}
