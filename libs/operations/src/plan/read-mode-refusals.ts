import { count } from '@kafka-ha/base';
import { type Cluster, membersThere, readMigration } from '@kafka-ha/cluster';
import { hasControllers, isMigrating, type Mode } from '@kafka-ha/config';
import {
  components,
  quorumComponentOf,
  quorumComponents,
  quorumComponentsOf,
  type QuorumComponent,
} from '@kafka-ha/manifests';
import { hasMigrated, modeAt, stageOf, type MigrationFacts, type Stage } from '@kafka-ha/planning';
import type { Refusal } from './refusal.ts';

/**
 * Why the file's mode cannot follow on what keeps the metadata now; none: it can. Whoever were to keep it instead would begin
 * without any, and brokers without a topic delete nobody's records, but serve none of them either. From one mode to another
 * leads another command, step by step.
 */
export async function readModeRefusals(cluster: Cluster): Promise<Refusal[]> {
  const { spec } = cluster;
  const facts = await readMigration(cluster);
  const stage = stageOf(facts);
  if (stage === 'absent') return await leftRefusals(cluster, facts);
  const there = modeAt(stage);
  if (there === spec.mode) return [];
  if (there === undefined)
    return [
      {
        code: 'conflict',
        why: `A migration is under way (${stage}), and a deployment would not know what to do with what is there.`,
        hint: hints[stage] ?? '',
      },
    ];
  const hint = `Write mode: ${there} into the cluster file. To change it, ${ways(there, spec.mode)}`;
  if (isMigrating(there) || isMigrating(spec.mode))
    return [
      { code: 'conflict', why: `The cluster is in mode ${there}, and its file says ${spec.mode}.`, hint },
    ];
  const keeper = quorumComponentOf({ mode: there });
  const servers = (await membersThere(cluster, keeper)) ?? 0;
  return [{ code: 'conflict', why: withoutTopics(spec.mode, keeper, servers), hint }];
}

function withoutTopics(mode: Cluster['spec']['mode'], keeper: QuorumComponent, servers: number): string {
  return `The mode of a cluster cannot be changed: its metadata is kept by ${count(servers, components[keeper].noun)}, and with mode: ${mode} it would begin without any topic.`;
}

/** How a mode is changed, as the end of a sentence. */
function ways(there: Mode, wanted: Mode): string {
  if (there === 'kraft') return 'there is no way: controllers alone keep its metadata.';
  if (!hasControllers(wanted)) return 'run kafka-ha migrate --back.';
  return wanted === 'kraft' && there === 'dual-write'
    ? 'run kafka-ha migrate --finalize.'
    : 'run kafka-ha migrate.';
}

const hints: Partial<Record<Stage, string>> = {
  provisioned: 'Run kafka-ha migrate, which goes on, or kafka-ha migrate --back.',
  finalizing: 'Run kafka-ha migrate --finalize, which goes on.',
  'going-back': 'Run kafka-ha migrate --back, which goes on.',
};

/** Of a cluster that is gone, or that is yet to be: volumes of the other kind, which have its metadata. */
async function leftRefusals(cluster: Cluster, facts: MigrationFacts): Promise<Refusal[]> {
  const { spec } = cluster;
  if (isMigrating(spec.mode))
    return [
      {
        code: 'conflict',
        why: `A cluster does not begin in mode ${spec.mode}, which is between two others.`,
        hint: 'Write mode: kraft for a new cluster. If this one is gone for good, delete the volumes of its servers and brokers first.',
      },
    ];
  const others = quorumComponents
    .filter((each) => !quorumComponentsOf(spec).includes(each))
    // What a cluster had before its migration is kept until somebody deletes it.
    .filter((each) => each === 'controller' || !hasMigrated(facts));
  const found = await Promise.all(
    others.map(async (component) => ({ component, there: await membersThere(cluster, component) })),
  );
  return found.flatMap(({ component, there }): Refusal[] => {
    if (there === undefined) return [];
    const { noun } = components[component];
    return [
      {
        code: 'conflict',
        why: withoutTopics(spec.mode, component, there),
        hint: `Write the former mode, or another name for a new cluster. If this cluster is gone for good, delete the volumes of its ${noun}s and of its brokers.`,
      },
    ];
  });
}
