import type { Spec } from '@kafka-ha/config';
import type { LedgerEntry } from '@kafka-ha/history';
import { ordinals } from '@kafka-ha/manifests';
import type { PlannedDrill } from './drill-options.ts';
import type { FaultName } from './faults/fault.ts';
import { faultNamesOf, faultOf } from './faults/faults.ts';
import { pairsOf } from '@kafka-ha/planning';

/** Every fault that this cluster lets happen; what others may feel who share its nodes is not among them. */
export function possibleFaults(spec: Pick<Spec, 'mode' | 'tolerance'>, nodesBreak: boolean): FaultName[] {
  return faultNamesOf(spec).filter((name) => {
    const { brokersAway, breaksNodes, cordonsNodes = false } = faultOf(spec, name);
    return brokersAway <= spec.tolerance && (nodesBreak || !(breaksNodes || cordonsNodes));
  });
}

/**
 * The drills of some rounds, in order. Each drill takes up where the ledger says that those before it have come to, so
 * that over time every broker and every pair is taken. `allPairs`: in each round every pair of brokers once.
 */
export function planDrills(
  spec: Pick<Spec, 'name' | 'brokers'>,
  wanted: { faults: readonly FaultName[]; rounds: number; allPairs: boolean },
  ledger: readonly LedgerEntry[],
): PlannedDrill[] {
  const turns = new Map<FaultName, number>();
  const plan = (fault: FaultName): PlannedDrill => {
    const past = ledger.filter((entry) => entry.cluster === spec.name && entry.fault === fault).length;
    const turn = turns.get(fault) ?? past;
    turns.set(fault, turn + 1);
    return { fault, turn };
  };
  const timesOf = (fault: FaultName) =>
    fault === 'kill-two-brokers' && wanted.allPairs ? pairsOf(ordinals(spec.brokers)).length : 1;
  return Array.from({ length: wanted.rounds }, () =>
    wanted.faults.flatMap((fault) => Array.from({ length: timesOf(fault) }, () => plan(fault))),
  ).flat();
}
