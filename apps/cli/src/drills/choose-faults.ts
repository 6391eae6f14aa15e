import { oneOf } from '@kafka-ha/config/values';
import type { Spec } from '@kafka-ha/config';
import { KafkaHaError } from '@kafka-ha/base';
import { commonFaults, faultNames, possibleFaults, type FaultName } from '@kafka-ha/drills';

/** The faults of a drill for which none is named. `nodesBreak` says whether the nodes are ours to break. */
export function defaultFaults(
  spec: Spec,
  { all, nodesBreak }: { all: boolean; nodesBreak: boolean },
): FaultName[] {
  const possible = possibleFaults(spec, nodesBreak);
  return all ? possible : possible.filter((name) => commonFaults.includes(name));
}

/** @throws KafkaHaError `invalid-usage` where there is none of this name. */
export function namedFault(name: string): FaultName {
  const known = oneOf(faultNames).parse(name);
  if (known !== undefined) return known;
  throw new KafkaHaError('invalid-usage', `there is no fault ${name}`, {
    hint: `The faults are ${faultNames.join(', ')}.`,
  });
}
