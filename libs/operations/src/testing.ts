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
  health: async (cluster: FencedCluster) =>
    assess(cluster.spec, await readState(cluster)).facts.partitions?.total,
  plan: async (cluster: FencedCluster) => (await makePlan(cluster)).restarts.length,
  gate: async (cluster: FencedCluster) => {
    await using kafka = lastingKafka(cluster);
    const members = await readMembers(cluster, 'kafka');
    if (members === undefined) throw new Error('the cluster has no brokers');
    return nextStep(await readMemberScene(cluster, 'kafka', members, kafka)).kind;
  },
  reassignment: async (cluster: FencedCluster) => {
    await using kafka = await openKafka(cluster);
    const replicas = await readReplicas(kafka);
    const sizes = await readLogSizes(kafka, replicas.brokers.keys());
    const moves = planMoves({ ...cluster.spec, brokers: cluster.spec.brokers + 3 }, replicas, sizes);
    return moves.movedWeight === moves.lowerBound ? 'least' : 'more than needed';
  },
};
