import type { Spec } from '@kafka-ha/config';
import { finding, type Finding } from '../finding.ts';
import type { State } from '../state.ts';
import { sentence } from '../wording.ts';

/** Disks are read one by one, who is cut off follows from what is read, and nothing rests on where zones are known from. */
type Source = Exclude<keyof State, 'disks' | 'cutOff' | 'zones'>;

/** Sources without which nobody can say that the cluster is healthy. */
const essential = {
  pods: 'pods',
  statefulSets: 'StatefulSets',
  brokers: 'registered brokers',
  controllerId: 'controller',
  topics: 'topics',
  zookeeper: 'ZooKeeper',
} as const satisfies Partial<Record<Source, string>>;

const details = {
  reassignments: 'ongoing reassignments',
  brokerThrottles: 'throttles of brokers',
} as const satisfies Partial<Record<Source, string>>;

/** What could not be read, one finding for each cause however many sources it hides. */
export function sourceFindings(_spec: Spec, state: State): Finding[] {
  const essentialByReason = namesByReason(state, essential);
  const detailsByReason = namesByReason(state, details);
  return [
    ...[...essentialByReason].map(([reason, names]) =>
      finding(
        'source-unreadable',
        [...names, ...(detailsByReason.get(reason) ?? [])].join(', '),
        sentence(reason),
      ),
    ),
    ...[...detailsByReason]
      .filter(([reason]) => !essentialByReason.has(reason))
      .map(([reason, names]) => finding('detail-unreadable', names.join(', '), sentence(reason))),
  ];
}

function namesByReason(state: State, sources: Partial<Record<Source, string>>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [source, name] of Object.entries(sources) as [Source, string][]) {
    const reading = state[source];
    if (reading.kind === 'unreadable')
      names.set(reading.reason, [...(names.get(reading.reason) ?? []), name]);
  }
  return names;
}
