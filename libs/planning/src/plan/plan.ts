import type { Component } from '@kafka-ha/manifests';
import type { Verdict } from '@kafka-ha/health';
import type { RollReason } from '../roll/roll-scene.ts';
import type { Deletion } from './deletions.ts';
import type { FieldChange } from './field-changes.ts';

/** What a deployment would do to a cluster as it is now. */
export type Plan = {
  /** `server` is the API server's URL, `context` what the kubeconfig calls it. */
  cluster: { name: string; namespace: string; server: string; context: string };
  /** What Kafka would delete, soon after the key that causes it is in force. */
  deletions: Deletion[];
  objects: ObjectChange[];
  keys: KeyChange[];
  topics: TopicChange[];
  /** Pods that get another share of CPU, without a restart. */
  resizes: string[];
  /** In the order of today: whoever is the controller then goes last. */
  restarts: PlannedRestart[];
  /** Roughly, in milliseconds, for the restarts. */
  estimateMs: number;
  /** How many brokers more may be lost at once: as promised, now, and while a broker restarts. */
  losses: { promised: number; now: number | null; meanwhile: number };
  health: Pick<Verdict, 'status' | 'findings'> | { status: 'absent'; findings: [] };
  /** Why it cannot begin now, or at all; none: it can. */
  obstacles: Obstacle[];
};

export type ObjectChange =
  { kind: 'create' | 'prune'; object: string } | { kind: 'change'; object: string; fields: FieldChange[] };

/** `brokers` is the one that has a value of its own, else all. A `feature` of the metadata is raised after the restarts. */
export type KeyChange = {
  key: string;
  how: 'dynamic' | 'restart' | 'feature';
  brokers: number | 'all';
  from: string | null;
  to: string | null;
};

export type TopicChange =
  | { kind: 'create'; topic: string; partitions: number; replicas: number }
  /** Partitions are added: records of a key go to another one from then on. */
  | { kind: 'grow'; topic: string; from: number; to: number }
  | { kind: 'alter'; topic: string; key: string; from: string | null; to: string }
  /** What differs from the file and a deployment leaves as it is. */
  | { kind: 'left'; topic: string; why: string }
  /** What the restarts do to one that may be unavailable meanwhile. */
  | { kind: 'pause'; topic: string; why: string };

export type PlannedRestart = { pod: string; component: Component; why: RollReason };

/** `refused`: no waiting helps. `wait`: the restarts would wait for it. */
export type Obstacle = { kind: 'refused' | 'wait'; why: string };

/** What a plan comes to. Topics that are left as they are change nothing. */
export function planOutcome(plan: Plan): 'nothing' | 'changes' | 'refused' {
  if (plan.obstacles.some(({ kind }) => kind === 'refused')) return 'refused';
  const topics = plan.topics.filter(({ kind }) => kind !== 'left' && kind !== 'pause');
  const changes =
    plan.objects.length + plan.keys.length + topics.length + plan.restarts.length + plan.resizes.length;
  return changes === 0 ? 'nothing' : 'changes';
}

/**
 * How a plan differs from one that was made before: each line a change that only one of them has. The order of the
 * restarts and the health may differ; a deployment looks at them again anyway.
 */
export function planDifferences(reviewed: Plan, now: Plan): string[] {
  const [before, after] = [linesOf(reviewed), linesOf(now)];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `no longer: ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `not reviewed: ${line}`),
  ];
}

/** The context is a name of whoever runs it; sizes of what is deleted change from one moment to the next. */
function linesOf({ cluster, deletions, objects, keys, topics, resizes, restarts }: Plan): string[] {
  const { name, namespace, server } = cluster;
  const emptied = deletions.map(({ topic }) => ({ deletesRecordsOf: topic }));
  const pods = [...resizes.map((pod) => ({ resize: pod })), ...restarts.map(({ pod }) => ({ restart: pod }))];
  return [{ name, namespace, server }, ...emptied, ...objects, ...keys, ...topics, ...pods].map((change) =>
    JSON.stringify(change),
  );
}
