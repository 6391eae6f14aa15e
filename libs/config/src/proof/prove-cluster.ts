import type { Finding } from '../source/finding.ts';
import { brokersQuorum, otherQuorum, quorums } from '../mode/quorums.ts';
import { formatPath, type Path } from '../source/problem.ts';
import { quorumServersOf, type UnsizedSpec } from '../spec-of.ts';
import { proofSteps, type Claim, type ProofStep } from './prove.ts';

/** Why the cluster cannot keep its promise; empty where it can. Internal topics are as the cluster's default. */
export function proveCluster(spec: UnsizedSpec): Finding[] {
  const steps = proofSteps(claimOf(spec)).filter(({ holds }) => !holds);
  const places = placesOf(spec.mode);
  const findings = steps.map(({ subject, line }): Finding => ({ paths: places[subject], message: line }));
  return [
    ...findings,
    ...proveOtherQuorum(spec),
    ...nodeLoss(spec),
    ...spec.topics.flatMap((_, index) => proveTopic(spec, index)),
  ];
}

/** What the proof takes from a spec. */
export function claimOf(spec: UnsizedSpec): Claim {
  const { brokers, replication, tolerance, mode } = spec;
  return { ...replication, brokers, tolerance, quorumServers: quorumServersOf(spec), mode };
}

/** Of a cluster in the middle of a migration: its other servers keep the metadata, too, and are to bear a loss. */
function proveOtherQuorum(spec: UnsizedSpec): Finding[] {
  const other = otherQuorum(spec.mode);
  if (other === undefined) return [];
  return proveCluster({ ...spec, mode: quorums[other].alone, topics: [] }).filter(
    ({ paths: [path] }) => path[0] === other,
  );
}

function placesOf(mode: UnsizedSpec['mode']): Readonly<Record<ProofStep['subject'], Finding['paths']>> {
  return {
    brokers: [['brokers'], ['replication', 'factor'], ['tolerance']],
    factor: [['replication', 'factor'], ['replication', 'minInSync'], ['tolerance']],
    minInSync: [['replication', 'minInSync'], ['tolerance']],
    quorum: [[brokersQuorum(mode), 'servers']],
  };
}

function nodeLoss({ placement, tolerance }: UnsizedSpec): Finding[] {
  const { brokersPerNode } = placement;
  if (brokersPerNode <= tolerance) return [];
  const message = `placement.brokersPerNode is ${brokersPerNode}: one lost node would take ${brokersPerNode} brokers, but the tolerance is ${tolerance}; allowed: at most ${tolerance}`;
  return [{ paths: [['placement', 'brokersPerNode'], ['tolerance']], message }];
}

/** A topic's own settings outrank the brokers', so they must keep the promise too. */
function proveTopic(spec: UnsizedSpec, index: number): Finding[] {
  const { name, config } = spec.topics[index]!;
  const at = (key: string): Path => ['topics', index, 'config', key];
  const findings: Finding[] = [];
  const minInSync = Number(config['min.insync.replicas'] ?? spec.replication.minInSync);
  const path = at('min.insync.replicas');
  for (const { subject, holds, line } of proofSteps({ ...claimOf(spec), minInSync })) {
    const isOwn = minInSync !== spec.replication.minInSync && Number.isInteger(minInSync);
    if (isOwn && subject === 'minInSync' && !holds)
      findings.push({ paths: [path], message: `topic "${name}": ${line}` });
  }
  if (config['unclean.leader.election.enable']?.toLowerCase() === 'true') {
    const path = at('unclean.leader.election.enable');
    const message = `${formatPath(path)} is true: topic "${name}" would lose acknowledged records to get a leader; allowed: false`;
    findings.push({ paths: [path], message });
  }
  return findings;
}
