import { leastVolume } from '../sizing/size-disk.ts';
import type { Spec } from '../spec.ts';
import { formatBytes, GIB } from '../units/bytes.ts';
import { formatDuration } from '../units/duration.ts';
import { mostTimes, noProposal, percent, type Propose } from './proposal.ts';
import type { NearRetention } from './usage.ts';

/** Of what is kept, what a group has yet to read afterwards: two thirds are left for finding out why. */
const shareAfterwards = 1 / 3;

/**
 * A retention of which the group that is nearest its end has yet to read a third. Only for groups that read: what stands
 * still reaches any end. And only where it is the file's sizes that end a record's time.
 */
export const proposeRetention: Propose = (spec, { nearRetention }, before) => {
  const proposal = noProposal();
  proposal.remarks.push(...nearRetention.flatMap(remarkOn));
  const [worst] = nearRetention
    .filter(({ reads, keptBy }) => reads && keptBy === 'file')
    .toSorted((a, b) => b.usedShare - a.usedShare);
  if (worst === undefined) return proposal;
  const keptTimes = spec.sizing.retentionBytesPerPartition / before.sizing.retentionBytesPerPartition;
  const times = Math.min(1, worst.usedShare) / shareAfterwards / keptTimes;
  if (times <= 1) return proposal;
  const seconds = times * spec.sizing.retentionSeconds;
  const volume = leastVolume(spec, seconds);
  if (volume === undefined || volume > mostTimes * spec.storage.sizeBytes) {
    proposal.remarks.push(`${describe(worst)}: no volume up to ${mostTimes} times as large is enough for it`);
    return proposal;
  }
  // Where every topic has a retention of its own, the file's would fit into less.
  if (spec.storage.retentionSeconds === null && volume <= spec.storage.sizeBytes) return proposal;
  const { path, from, to } = retentionEdit(spec, { seconds, volume });
  proposal.edits.push({ path, value: to });
  proposal.reasons.push(`${path.join('.')} ${from} → ${to}: ${describe(worst)}; then a third at most`);
  return proposal;
};

/** In the words of the file: how long records are kept where it says that, else how large a volume is. */
function retentionEdit({ storage }: Spec, { seconds, volume }: { seconds: number; volume: number }) {
  if (storage.retentionSeconds === null) {
    const path: [string, string] = ['storage', 'size'];
    return { path, from: formatBytes(storage.sizeBytes), to: `${volume / GIB}Gi` };
  }
  const path: [string, string] = ['storage', 'retention'];
  const minutes = Math.ceil(seconds / 60);
  return {
    path,
    from: formatDuration(storage.retentionSeconds * 1000),
    to: formatDuration(minutes * 60_000),
  };
}

function remarkOn(near: NearRetention): string[] {
  if (!near.reads) return [`${describe(near)}, and has read nothing meanwhile: no size helps it`];
  if (near.keptBy === 'topic')
    return [`${describe(near)}, which has a retention.bytes of its own, smaller than the file's: raise that`];
  if (near.keptBy === 'time')
    return [
      `${describe(near)}, which is kept for a time: raise retention.ms of the topic, or log.retention in kafkaConfig`,
    ];
  return [];
}

function describe({ group, topic, usedShare, lagSeconds }: NearRetention): string {
  const age = lagSeconds === null ? '' : ` (its next record is ${formatDuration(1000 * lagSeconds)} old)`;
  if (usedShare > 1) return `group ${group} has not read records that are gone of topic ${topic}`;
  return `group ${group}${age} has yet to read ${percent(usedShare)} of what is kept of topic ${topic}`;
}
