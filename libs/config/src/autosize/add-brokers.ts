import { count } from '@kafka-ha/base';
import { leastVolume } from '../sizing/size-disk.ts';
import type { Spec } from '../spec.ts';
import { formatBytes, sizeText } from '../units/bytes.ts';
import type { Proposal } from './proposal.ts';

/**
 * Adds more brokers to a proposal. They need nodes, and it is a scale that adds them. A volume that follows from
 * `storage.retention` would be smaller between more of them, and volumes never shrink: the file then says how large it is.
 */
export function addBrokers(proposal: Proposal, spec: Spec, more: { brokers: number; why: string }): void {
  const { brokers, placement, storage } = spec;
  const nodesFor = (number: number) => Math.ceil(number / placement.brokersPerNode);
  const nodes = nodesFor(more.brokers) - nodesFor(brokers);
  const need = nodes === 0 ? '' : `; they need ${count(nodes, 'more node')}`;
  proposal.edits.push({ path: ['brokers'], value: more.brokers });
  proposal.reasons.push(
    `brokers ${brokers} → ${more.brokers}: ${more.why}${need}. \`kafka-ha scale\` adds them`,
  );
  if (storage.retentionSeconds === null) return;
  if (leastVolume(spec, storage.retentionSeconds) !== storage.sizeBytes) return;
  proposal.edits.push({ path: ['storage', 'size'], value: sizeText(storage.sizeBytes) });
  proposal.reasons.push(
    `storage.size ${formatBytes(storage.sizeBytes)}, as now: more brokers would do with less, and volumes never shrink`,
  );
}
