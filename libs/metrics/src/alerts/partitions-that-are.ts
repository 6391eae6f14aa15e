import type { Spec } from '@kafka-ha/config';
import { ofCluster } from '../query.ts';
import { rollSeconds } from './how-long.ts';

/**
 * Partitions in such a state. Those of topics that may pause count once they have been in it for longer than a roll takes, which takes
 * one after the other of them away; a series that is younger says nothing of that. An older exporter does not tell them apart.
 */
export function partitionsThatAre(spec: Spec, state: 'offline' | 'under_min_isr'): string {
  const all = ofCluster(spec, 'kafka_ha_partitions', `state="${state}"`);
  if (!mayAnyPause(spec)) return `${all} > 0`;
  const pausable = ofCluster(spec, 'kafka_ha_partitions_pausable', `state="${state}"`);
  const roll = `${rollSeconds(spec)}s`;
  return [
    `${all} - (${pausable} or 0 * ${all}) > 0`,
    `or min_over_time(${pausable}[${roll}]) > 0 and ${pausable} offset ${roll} > 0`,
  ].join('\n');
}

export function ofPausable(spec: Spec): string {
  if (!mayAnyPause(spec)) return '';
  return ` Topics to which otherTopics gives a tolerance of 0 count after ${rollSeconds(spec) / 60} minutes more: a roll takes them away.`;
}

function mayAnyPause({ otherTopics }: Spec): boolean {
  return otherTopics.some(({ tolerance }) => tolerance === 0);
}

/** How long partitions have to be away that may pause, beyond `forSeconds`. */
export function pausableSeconds(spec: Spec): number {
  return mayAnyPause(spec) ? rollSeconds(spec) : 0;
}
