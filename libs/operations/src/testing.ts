import {
  lastingKafka,
  openKafka,
  readLogSizes,
  readMembers,
  readMemberScene,
  readReplicas,
  readState,
  type FencedCluster,
} from '@kafka-ha/cluster';
import { assess } from '@kafka-ha/health';
import { nextStep, planMoves } from '@kafka-ha/planning';
import { makePlan } from './plan/make-plan.ts';

/** What reads a whole cluster, each as its operation does it, and what it comes to. */
export const looks = {
  health: async ({ cluster, signal }: Reader) =>
    assess(cluster.spec, await readState(cluster, { signal })).facts.partitions?.total,
  plan: async ({ cluster, signal }: Reader) => (await makePlan(cluster, { signal })).restarts.length,
  gate: async ({ cluster, signal }: Reader) => {
    await using kafka = lastingKafka(cluster, signal);
    const members = await readMembers(cluster, 'kafka', signal);
    if (members === undefined) throw new Error('the cluster has no brokers');
    return nextStep(await readMemberScene(cluster, 'kafka', members, { kafka, signal })).kind;
  },
  reassignment: async ({ cluster, signal }: Reader) => {
    await using kafka = await openKafka(cluster, signal);
    const replicas = await readReplicas(kafka);
    const sizes = await readLogSizes(kafka, replicas.brokers.keys());
    const moves = planMoves({ ...cluster.spec, brokers: cluster.spec.brokers + 3 }, replicas, sizes);
    return moves.movedWeight === moves.lowerBound ? 'least' : 'more than needed';
  },
};

type Reader = { cluster: FencedCluster; signal: AbortSignal };
