import type { DrillResult, Phases } from '@kafka-ha/history';
import { components } from '@kafka-ha/manifests';
import { keeperIn } from './describe-cluster.ts';

export type Milestone = {
  phase: 'ended' | 'detected' | 'elected' | 'acknowledged' | 'in-sync' | 'ready';
  /** A word or two: "in sync". */
  label: string;
  ms: number;
  afterFaultMs: number;
};

const phases: readonly (Pick<Milestone, 'phase' | 'label'> & {
  key: Exclude<keyof Phases, 'faultMs' | 'restarts'>;
})[] = [
  { phase: 'ended', key: 'endedMs', label: 'fault ended' },
  { phase: 'detected', key: 'detectedMs', label: 'detected' },
  { phase: 'elected', key: 'electedMs', label: 'elected' },
  { phase: 'acknowledged', key: 'acknowledgedMs', label: 'acknowledged' },
  { phase: 'in-sync', key: 'inSyncMs', label: 'in sync' },
  { phase: 'ready', key: 'readyMs', label: 'ready' },
];

/** What followed the fault and was seen, earliest first. The order is Kafka's: a planned stop elects before it leaves. */
export function milestones({ phases: seen }: Pick<DrillResult, 'phases'>): Milestone[] {
  const { faultMs } = seen;
  if (faultMs === null) return [];
  return phases
    .flatMap(({ key, ...milestone }) => {
      const ms = seen[key];
      return ms === null ? [] : [{ ...milestone, ms, afterFaultMs: ms - faultMs }];
    })
    .sort((a, b) => a.ms - b.ms);
}

/** "the in-sync sets were full again" */
export function meaningOf({ phase }: Pick<Milestone, 'phase'>, result: Pick<DrillResult, 'cluster'>): string {
  return phase === 'detected' ? detectionIn(result) : meanings[phase];
}

function detectionIn(result: Pick<DrillResult, 'cluster'>): string {
  const keeper = keeperIn(result);
  if (keeper === 'controller') return 'the controllers had fenced the broker';
  return `the ${components[keeper].system} registration was gone`;
}

const meanings: Record<Exclude<Milestone['phase'], 'detected'>, string> = {
  ended: 'the cause of the fault was removed',
  elected: 'the last new leader was written',
  acknowledged: 'every partition had been acknowledged again',
  'in-sync': 'the in-sync sets were full again',
  ready: 'every pod was ready again',
};
