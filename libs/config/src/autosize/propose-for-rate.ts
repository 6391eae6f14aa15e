import { inflowPerBroker, leastVolume, VOLUME_FILL } from '../sizing/size-disk.ts';
import type { UnsizedSpec } from '../spec-of.ts';
import type { Spec } from '../spec.ts';
import { formatBytes, GIB } from '../units/bytes.ts';
import { formatDuration } from '../units/duration.ts';
import { formatRate } from '../units/rate.ts';
import { addBrokers } from './add-brokers.ts';
import { mostTimes, noProposal, percent, usedShare, type Proposal, type Propose } from './proposal.ts';

/**
 * The ingest rate that everything is sized for where it is nearly reached; brokers where their volumes could not write so
 * much; and the volume that keeps records as long as now at that rate, and that is no fuller than planned.
 */
export const proposeForRate: Propose = (spec, { writtenBytesPerSecond = 0, usedBytes }) => {
  const proposal = noProposal();
  const grown = raiseRate(proposal, spec, writtenBytesPerSecond * spec.ingest.compression);
  growVolume(proposal, spec, { grown, usedBytes });
  return proposal;
};

/** The spec with what was proposed; the same one where nothing was. */
function raiseRate(proposal: Proposal, spec: Spec, written: number): UnsizedSpec {
  const { ingest, storage } = spec;
  if (written <= usedShare.most * ingest.bytesPerSecond) return spec;
  const rate = Math.ceil(written / usedShare.afterwards / 1e6);
  const grown = { ...spec, ingest: { ...ingest, bytesPerSecond: rate * 1e6 } };
  proposal.edits.push({ path: ['ingest', 'rate'], value: `${rate}MB/s` });
  proposal.reasons.push(
    `ingest.rate ${formatRate(ingest.bytesPerSecond)} → ${rate}MB/s: producers write ${formatRate(written)}, more than ${percent(usedShare.most)} of it`,
  );
  const inflow = inflowPerBroker(grown);
  const room = usedShare.most * storage.bytesPerSecond;
  if (inflow <= room) return grown;
  const brokers = Math.ceil((spec.brokers * inflow) / room);
  const why = `at that rate each would write ${formatRate(inflow)}, more than ${percent(usedShare.most)} of storage.throughput`;
  addBrokers(proposal, spec, { brokers, why });
  return { ...grown, brokers };
}

function growVolume(
  proposal: Proposal,
  spec: Spec,
  { grown, usedBytes }: { grown: UnsizedSpec; usedBytes: number },
): void {
  const { sizeBytes } = spec.storage;
  const mayHold = VOLUME_FILL * sizeBytes;
  const [before, size] = [Math.ceil(sizeBytes / GIB), gibibytesFor(spec, grown, usedBytes / mayHold)];
  if (size <= before) return;
  const why =
    usedBytes > mayHold
      ? `the fullest volume holds ${formatBytes(usedBytes)}, but should hold at most ${formatBytes(mayHold)}`
      : `it keeps records for ${formatDuration(spec.sizing.retentionSeconds * 1000)} at that rate, as now`;
  const reason = `storage.size ${formatBytes(sizeBytes)} → ${size}Gi: ${why}`;
  if (size > mostTimes * before) {
    proposal.remarks.push(`${reason}. That is more than ${mostTimes} times as much: decide it yourself`);
    return;
  }
  proposal.edits.push({ path: ['storage', 'size'], value: `${size}Gi` });
  proposal.reasons.push(reason);
}

/** Where the file says how long records are to be kept, the volume follows from that by itself. */
function gibibytesFor(spec: Spec, grown: UnsizedSpec, fuller: number): number {
  const { sizeBytes, retentionSeconds } = spec.storage;
  const kept =
    grown === spec || retentionSeconds !== null
      ? undefined
      : (leastVolume(grown, spec.sizing.retentionSeconds) ?? leastVolume(grown));
  return Math.ceil(Math.max(sizeBytes * Math.max(1, fuller), kept ?? 0) / GIB);
}
