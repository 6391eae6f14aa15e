import type { DrillResult, Phases } from '@kafka-ha/history';

export type Milestone = {
  phase: 'ended' | 'detected' | 'elected' | 'acknowledged' | 'in-sync' | 'ready';
  /** A word or two: "in sync". */
  label: string;
  /** What it means: "full in-sync sets everywhere". */
  meaning: string;
  ms: number;
  afterFaultMs: number;
};

const phases: readonly (Pick<Milestone, 'phase' | 'label' | 'meaning'> & {
  key: Exclude<keyof Phases, 'faultMs' | 'restarts'>;
})[] = [
  { phase: 'ended', key: 'endedMs', label: 'fault ended', meaning: 'the cause of the fault was removed' },
  { phase: 'detected', key: 'detectedMs', label: 'detected', meaning: 'the ZooKeeper registration was gone' },
  { phase: 'elected', key: 'electedMs', label: 'elected', meaning: 'the last new leader was written' },
  {
    phase: 'acknowledged',
    key: 'acknowledgedMs',
    label: 'acknowledged',
    meaning: 'every partition had been acknowledged again',
  },
  { phase: 'in-sync', key: 'inSyncMs', label: 'in sync', meaning: 'the in-sync sets were full again' },
  { phase: 'ready', key: 'readyMs', label: 'ready', meaning: 'every pod was ready again' },
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
