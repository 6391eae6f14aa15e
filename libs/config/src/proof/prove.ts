import { count } from '@kafka-ha/base';
import { brokersQuorum, quorums } from '../mode/quorums.ts';
import type { Spec } from '../spec.ts';

/** What the promise depends on, for one topic. */
export type Claim = {
  brokers: number;
  factor: number;
  minInSync: number;
  /** How many brokers may be lost at once. */
  tolerance: number;
  /** The servers that keep the metadata, and what they are. */
  quorumServers: number;
  mode: Spec['mode'];
};

/** The lines are sentences with the arithmetic in them; `reasons` are those that do not hold. */
export type Proof =
  | { kind: 'holds'; lines: readonly string[] }
  | { kind: 'broken'; lines: readonly string[]; reasons: readonly string[] };

/** One inequality of the proof. `subject` is what would have to change where it does not hold. */
export type ProofStep = {
  subject: 'brokers' | 'factor' | 'minInSync' | 'quorum';
  holds: boolean;
  line: string;
};

/**
 * Proves, for any set of `tolerance` brokers lost at once, that no acknowledged record is lost (whatever in-sync set
 * was legal when it was acknowledged) and that every partition goes on accepting acks=all writes at once (from a full
 * in-sync set). Both follow from four inequalities, with unclean leader election off; a test compares them with every
 * single case for up to seven brokers. What keeps the metadata has its majority when any one server is lost.
 */
export function prove(claim: Claim): Proof {
  const steps = proofSteps(claim);
  const lines = steps.map(({ line }) => line);
  const reasons = steps.filter(({ holds }) => !holds).map(({ line }) => line);
  return reasons.length === 0 ? { kind: 'holds', lines } : { kind: 'broken', lines, reasons };
}

/** The inequalities one by one. */
export function proofSteps(claim: Claim): ProofStep[] {
  return [
    brokersStep(claim),
    factorStep(claim),
    minInSyncStep(claim),
    writableStep(claim),
    quorumStep(claim),
  ];
}

function brokersStep({ brokers, factor, tolerance }: Claim): ProofStep {
  const holds = brokers >= factor;
  if (holds)
    return {
      subject: 'brokers',
      holds,
      line: `${factor} replicas of each partition fit on ${count(brokers, 'broker')}`,
    };
  const there = `and there ${are(brokers)}; allowed: brokers ${factor} or more`;
  const line =
    factor === 2 * tolerance + 1
      ? `tolerance ${tolerance} needs ${count(factor, 'broker')}: ${tolerance + 1} replicas must be left when any ${tolerance} are lost, each on its own broker (${tolerance + 1} + ${tolerance} = ${factor}), ${there}${orLess(brokers)}`
      : `replication factor ${factor} needs ${factor} brokers, ${there}`;
  return { subject: 'brokers', holds, line };
}

function factorStep({ factor, tolerance }: Claim): ProofStep {
  const least = 2 * tolerance + 1;
  const holds = factor >= least;
  const line = holds
    ? `replication factor ${factor} ≥ ${least} (2 × ${tolerance} + 1)`
    : `tolerance ${tolerance} needs replication factor ${least} (2 × ${tolerance} + 1), but it is ${factor}; allowed: ${least} or more`;
  return { subject: 'factor', holds, line };
}

function minInSyncStep({ minInSync, tolerance }: Claim): ProofStep {
  const least = tolerance + 1;
  const holds = minInSync >= least;
  const line = holds
    ? `an acknowledged record is on at least ${count(minInSync, 'broker')}, so it survives the loss of any ${tolerance}: ${minInSync} ≥ ${tolerance} + 1`
    : `an acknowledged record may be on ${count(minInSync, 'broker')} only, and losing ${tolerance} can lose it; allowed: min.insync.replicas ${least} or more (${tolerance} + 1)`;
  return { subject: 'minInSync', holds, line };
}

function writableStep({ factor, minInSync, tolerance }: Claim): ProofStep {
  const left = factor - tolerance;
  const holds = left >= minInSync;
  const fewer = left > tolerance ? `min.insync.replicas ${left}, or ` : '';
  const line = holds
    ? `with any ${tolerance} lost, ${left} of ${factor} replicas are left, and writes need ${minInSync}: ${factor} − ${tolerance} ≥ ${minInSync}`
    : `with ${tolerance} lost, ${Math.max(0, left)} of ${factor} replicas are left, and writes need ${minInSync} in sync; allowed: ${fewer}replication factor ${minInSync + tolerance} or more (${minInSync} + ${tolerance})`;
  return { subject: minInSync > tolerance + 1 ? 'minInSync' : 'factor', holds, line };
}

function quorumStep({ quorumServers: servers, mode }: Claim): ProofStep {
  const { needs, noun } = quorums[brokersQuorum(mode)].words;
  const spare = Math.floor((servers - 1) / 2);
  const holds = servers >= 3 && servers % 2 === 1;
  const line = holds
    ? `${servers} ${noun} keep a majority of ${servers - spare} with any ${spare} lost: 2 × ${spare} + 1 = ${servers}`
    : `${needs}, 3 or more (2g + 1, to lose g of them), and there ${are(servers)}; allowed: 3 or 5`;
  return { subject: 'quorum', holds, line };
}

function orLess(brokers: number): string {
  const tolerance = Math.floor((brokers - 1) / 2);
  return tolerance < 1 ? '' : `, or tolerance ${tolerance === 1 ? '' : 'up to '}${tolerance}`;
}

function are(number: number): string {
  return number === 1 ? 'is 1' : `are ${number}`;
}
