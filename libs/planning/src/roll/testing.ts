import type { Spec } from '@kafka-ha/config';
import { aSpec } from '@kafka-ha/config/testing';
import { type PodState, type Reading, type State, valueOf } from '@kafka-ha/health';
import { aState, change, withBrokerDown, withPod, withServer } from '@kafka-ha/health/testing';
import { ofComponent, quorumComponentOf } from '@kafka-ha/manifests';
import type { BrokerScene, QuorumScene } from './roll-scene.ts';

/** Only those that are away, of a condition for each ordinal. */
export function awayOf(conditions: readonly Condition[]): Away {
  return Object.fromEntries(
    [...conditions.entries()].filter(([, condition]) => condition !== 'serving'),
  ) as Away;
}

/** How a pod is: `silent` runs and is not ready, `stuck` waits for what will not come by itself. */
export type Condition = 'serving' | 'silent' | 'stuck' | 'leaving';

const conditions: Record<Exclude<Condition, 'serving'>, Partial<PodState>> = {
  silent: { ready: false },
  stuck: { ready: false, waiting: { reason: 'ImagePullBackOff', message: null } },
  leaving: { deleting: true },
};

/** Five brokers, all due, as a healthy cluster has them but for these. */
export function brokerScene(
  { controller = 0, away = {}, due }: { controller?: number; away?: Away; due?: readonly number[] } = {},
  state: State = aState(),
): BrokerScene {
  let told = change(state, 'controllerId', () => controller);
  for (const [id, condition] of Object.entries(away)) {
    told = withBrokerDown(told, Number(id));
    told = withPod(told, 'kafka', Number(id), conditions[condition]);
  }
  const pods = ofComponent(read(told.pods), 'kafka');
  const isDue = ({ ordinal }: PodState) => due?.includes(ordinal) ?? true;
  return {
    brokers: 5,
    pods,
    due: new Set(pods.filter(isDue).map(({ name }) => name)),
    registered: read(told.brokers).map(({ id }) => id),
    controllerId: valueOf(told.controllerId) ?? null,
    topics: read(told.topics),
  };
}

/** The others serve. */
export type Away = Readonly<Record<number, Exclude<Condition, 'serving'>>>;

/** Three ZooKeeper servers or controllers, all due, as a healthy cluster has them but for these. */
export function quorumScene({
  leader = 0,
  away = {},
  syncedFollowers = 2,
  mode = 'zookeeper',
}: { leader?: number; away?: Away; syncedFollowers?: number; mode?: Spec['mode'] } = {}): QuorumScene {
  const spec = aSpec({ mode });
  const component = quorumComponentOf(spec);
  let state = aState({}, spec);
  for (const ordinal of [0, 1, 2]) {
    state = withServer(
      state,
      ordinal,
      ordinal === leader ? { mode: 'leader', syncedFollowers } : { mode: 'follower' },
    );
  }
  for (const [ordinal, condition] of Object.entries(away)) {
    state = withPod(state, component, Number(ordinal), conditions[condition]);
    state = withServer(state, Number(ordinal), { mode: 'unreachable', reason: 'away' });
  }
  const pods = ofComponent(read(state.pods), component);
  return {
    component,
    servers: 3,
    pods,
    due: new Set(pods.map(({ name }) => name)),
    quorum: read(state.quorum),
  };
}

function read<T>(reading: Reading<T>): T {
  const value = valueOf(reading);
  if (value === undefined) throw new Error('a state of these tests has everything');
  return value;
}
