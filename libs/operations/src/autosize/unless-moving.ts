import { count } from '@kafka-ha/base';
import type { Usage } from '@kafka-ha/config';

/** What is another while replicas are copied. Not how full the volumes are: one that is nearly full is so now. */
type OfCalm = Pick<Usage, 'writtenBytesPerSecond' | 'cpuCores' | 'replicas'>;

/** None of it while the replicas of so many partitions are being moved: sizes that follow from it would stay, since they only grow. */
export function unlessMoving(usage: OfCalm, moving: number): { usage: OfCalm; unread: string[] } {
  if (moving === 0) return { usage, unread: [] };
  const partitions = count(moving, 'partition');
  return {
    usage: {},
    unread: [`rate, CPU and replicas were not judged: the replicas of ${partitions} are being moved`],
  };
}
