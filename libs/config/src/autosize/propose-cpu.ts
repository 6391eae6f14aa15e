import { CPU_SECONDS_PER_GB } from '../sizing/expected-load.ts';
import { formatCpu } from '../units/cpu.ts';
import { addBrokers } from './add-brokers.ts';
import { noProposal, percent, usedShare, type Propose } from './proposal.ts';

/** Of a request, in thousandths of a core. */
const stepMillis = 50;

/**
 * A CPU request of which the busiest broker uses no more than of the ingest rate: beyond a request a broker has only what
 * others on its node leave. Where the rate is raised, also one that carries it by the CPU-seconds per GB of the sizing. Where
 * no node gives a broker so much, more brokers, between which the replicas divide.
 */
export const proposeCpu: Propose = (spec, { cpuCores = 0, largestNode }, before) => {
  const proposal = noProposal();
  const request = spec.resources.cpuMillis;
  const used = (1000 * cpuCores * before.brokers) / spec.brokers;
  const isRaised = spec.ingest.bytesPerSecond > before.ingest.bytesPerSecond;
  const expected = isRaised ? 1000 * spec.sizing.load.degraded.cpuCores : 0;
  if (Math.max(used, expected) <= usedShare.most * request) return proposal;
  const needed = Math.max(used / usedShare.afterwards, expected / usedShare.most);
  const wanted = stepMillis * Math.ceil(needed / stepMillis);
  const why = (requested: string) =>
    used > usedShare.most * request
      ? `the busiest broker uses ${formatCpu(1000 * cpuCores)}, more than ${percent(usedShare.most)} of ${requested}`
      : `at that rate a broker uses about ${formatCpu(expected)}, by ${CPU_SECONDS_PER_GB} CPU-seconds per GB at five replicas`;
  const room = largestNode && Math.floor(largestNode.cpuMillis / spec.placement.brokersPerNode);
  if (room !== undefined && wanted > room) {
    const brokers = Math.ceil((spec.brokers * needed) / request);
    const noNode = `${why(`its request of ${formatCpu(request)}`)}, and no node gives a broker ${formatCpu(wanted)}`;
    addBrokers(proposal, spec, { brokers, why: noNode });
    return proposal;
  }
  proposal.edits.push({ path: ['resources', 'cpu'], value: formatCpu(wanted) });
  proposal.reasons.push(`resources.cpu ${formatCpu(request)} → ${formatCpu(wanted)}: ${why('it')}`);
  return proposal;
};
