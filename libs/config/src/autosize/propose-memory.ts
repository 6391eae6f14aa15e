import { grouped } from '@kafka-ha/base';
import { heapFor, HEAP_PER_REPLICA } from '../sizing/many-replicas.ts';
import { MIN_PAGE_CACHE, sizeBrokerMemory } from '../sizing/size-memory.ts';
import { formatBytes, MIB, sizeText } from '../units/bytes.ts';
import { mostTimes, noProposal, type Propose } from './proposal.ts';
import type { Usage } from './usage.ts';

const stepBytes = 128 * MIB;
/** A broker that was killed had more than its container may; how much more, nobody has seen. */
const timesAfterKill = 1.5;

/**
 * A memory in which the brokers' heap, as the sizing divides it, holds the replicas that are there; which leaves the page
 * cache its least beside the heap and what the JVM was seen to hold outside; and half as much again where one was killed.
 */
export const proposeMemory: Propose = (spec, usage) => {
  const proposal = noProposal();
  const { memoryBytes } = spec.resources;
  const causes = causesAgainst(memoryBytes, usage);
  if (usage.killedForMemory.length > 0)
    causes.push(`the kernel has killed ${usage.killedForMemory.join(', ')} for memory`);
  if (causes.length === 0) return proposal;
  const least = usage.killedForMemory.length > 0 ? timesAfterKill * memoryBytes : memoryBytes + 1;
  let memory = stepBytes * Math.ceil(least / stepBytes);
  while (memory <= mostTimes * memoryBytes && causesAgainst(memory, usage).length > 0) memory += stepBytes;
  const why = causes.join('; ');
  const room = usage.largestNode && usage.largestNode.memoryBytes / spec.placement.brokersPerNode;
  if (memory > mostTimes * memoryBytes)
    proposal.remarks.push(`resources.memory: ${why}, and ${mostTimes} times as much would not do`);
  else if (room !== undefined && memory > room)
    proposal.remarks.push(
      `resources.memory: ${why}, but no node gives a broker ${sizeText(memory)}: larger nodes, or more brokers`,
    );
  else {
    proposal.edits.push({ path: ['resources', 'memory'], value: sizeText(memory) });
    proposal.reasons.push(`resources.memory ${formatBytes(memoryBytes)} → ${sizeText(memory)}: ${why}`);
  }
  return proposal;
};

/** Why this would be too little. */
function causesAgainst(memoryBytes: number, { replicas = 0, outsideHeapBytes = 0 }: Usage): string[] {
  const heapBytes = sizeBrokerMemory(memoryBytes)?.heapBytes ?? 0;
  const causes: string[] = [];
  if (heapFor(replicas) > heapBytes)
    causes.push(
      `a broker holds ${grouped(replicas)} replicas, which at about ${formatBytes(HEAP_PER_REPLICA)} each take more than half of a heap of ${formatBytes(heapBytes)}`,
    );
  if (heapBytes + outsideHeapBytes + MIN_PAGE_CACHE > memoryBytes)
    causes.push(
      `a broker's JVM holds ${formatBytes(outsideHeapBytes)} outside a heap of ${formatBytes(heapBytes)}, which leaves less than ${formatBytes(MIN_PAGE_CACHE)} for the page cache`,
    );
  return causes;
}
