import type { Spec } from '@kafka-ha/config';
import { otherQuorumComponentOf, quorumComponentOf } from '@kafka-ha/manifests';
import { type Facts, factsOf } from './facts.ts';
import { byImportance, type Finding, finding } from './finding.ts';
import { brokerFindings } from './findings/brokers.ts';
import { changeFindings } from './findings/changes.ts';
import { consumerFindings } from './findings/consumers.ts';
import { diskFindings } from './findings/disks.ts';
import { exporterFindings } from './findings/exporter.ts';
import { leaderFindings } from './findings/leaders.ts';
import { partitionFindings } from './findings/partitions.ts';
import { placementFindings } from './findings/placement.ts';
import { podFindings } from './findings/pods.ts';
import { policyFindings } from './findings/policies.ts';
import { topicFindings } from './findings/topics.ts';
import { quorumFindings, quorumNames } from './findings/quorum.ts';
import { type State, valueOf } from './state.ts';
import { sentence } from './wording.ts';

/** Sources without which nobody can say that the cluster is healthy. */
const essentialOf = (spec: Spec): Partial<Record<Source, string>> => ({
  pods: 'pods',
  statefulSets: 'StatefulSets',
  brokers: 'registered brokers',
  controllerId: 'controller',
  topics: 'topics',
  quorum: quorumNames[quorumComponentOf(spec)],
});
const detailsOf = (spec: Spec): Partial<Record<Source, string>> => {
  const other = otherQuorumComponentOf(spec);
  return {
    reassignments: 'ongoing reassignments',
    brokerSettings: 'settings of brokers',
    ...(other && { otherQuorum: quorumNames[other] }),
    metadata: 'registrations and features',
    consumers: 'consumer groups',
    policies: 'whether NetworkPolicies are enforced',
  };
};

export type Verdict = {
  status: 'healthy' | 'unhealthy' | 'unknown';
  /** Errors first, causes before what follows from them. */
  findings: readonly Finding[];
  facts: Facts;
};

export type AssessOptions = {
  /** Whoever reads does not look at Kubernetes: that pods and StatefulSets are not known is no finding then. */
  withoutKubernetes?: boolean;
};

/**
 * Judges one reading of a cluster against its cluster file. Healthy means that the promise holds now: the whole
 * tolerance is there on every partition, and nothing stands in the way of keeping it. Warnings leave it healthy. Unknown
 * means that something essential could not be read and that nothing that was read is wrong.
 */
export function assess(spec: Spec, state: State, { withoutKubernetes = false }: AssessOptions = {}): Verdict {
  const known = withoutKubernetes ? state : withoutHearsay(state);
  const unseen = withoutKubernetes ? ofKubernetes : [];
  const findings = [
    ...sourceFindings(spec, known, unseen),
    ...judges.flatMap((judge) => judge(spec, known)),
  ].sort(byImportance);
  return { status: statusOf(findings), findings, facts: factsOf(spec, known) };
}

/** A quorum's servers are reached through the API server: when that is silent too, their silence says nothing of them. */
function withoutHearsay(state: State): State {
  const { pods, quorum, otherQuorum } = state;
  if (pods.kind === 'read') return state;
  const heard = (servers: State['quorum']) =>
    valueOf(servers)?.every(({ mode }) => mode === 'unreachable') ? pods : servers;
  return { ...state, quorum: heard(quorum), ...(otherQuorum && { otherQuorum: heard(otherQuorum) }) };
}

const judges: readonly ((spec: Spec, state: State) => Finding[])[] = [
  podFindings,
  brokerFindings,
  quorumFindings,
  partitionFindings,
  topicFindings,
  leaderFindings,
  placementFindings,
  diskFindings,
  changeFindings,
  consumerFindings,
  policyFindings,
  exporterFindings,
];

function statusOf(findings: readonly Finding[]): Verdict['status'] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return 'healthy';
  return errors.every(({ code }) => code === 'source-unreadable') ? 'unknown' : 'unhealthy';
}

/**
 * Disks are read one by one, who is cut off follows from what is read, the exporter is read with all pods, and nothing rests on
 * where zones are known from.
 */
type Source = Exclude<keyof State, 'disks' | 'cutOff' | 'exporter' | 'zones'>;
const ofKubernetes: readonly Source[] = ['pods', 'statefulSets'];

/** What could not be read, one finding for each cause however many sources it hides. */
function sourceFindings(spec: Spec, state: State, unseen: readonly Source[]): Finding[] {
  const looked = Object.entries(essentialOf(spec)).filter(([source]) => !unseen.includes(source as Source));
  const essentialByReason = namesByReason(state, Object.fromEntries(looked));
  const detailsByReason = namesByReason(state, detailsOf(spec));
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
    if (reading?.kind === 'unreadable')
      names.set(reading.reason, [...(names.get(reading.reason) ?? []), name]);
  }
  return names;
}
