import { count } from '@kafka-ha/base';
import type { DrillResult } from '@kafka-ha/history';
import { seconds } from '../../text/seconds.ts';
import { interruptionLimit } from '../checks.ts';
import { milestones } from '../milestones.ts';

/** The figure in words, for those who do not see it. */
export function describeFigure(result: DrillResult): string {
  const { interruptions, strips, title } = result;
  const limit = interruptionLimit(result);
  const events = milestones(result).map(
    ({ label, afterFaultMs }) => `${label} after ${seconds(afterFaultMs)}`,
  );
  return [
    `${title}.`,
    interruptions &&
      `Of ${count(interruptions.writing.perPartition.length, 'partition')}, the worst (partition ${interruptions.writing.worst.partition}) had no acknowledged write for ${seconds(interruptions.writing.worst.ms)}, the median one for ${seconds(interruptions.writing.medianMs)}${limit === null ? '' : `; the limit is ${seconds(limit)}`}.`,
    strips.partitions.length === 0 && 'What the partitions felt was not recorded.',
    events.length > 0 && `After the fault: ${events.join(', ')}.`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}
