import { KafkaHaError } from '@kafka-ha/base';
import { elapsedSince, fencedBy, type FencedKube, type Moment } from '@kafka-ha/kube';

/**
 * How old the reading may be by which a pod is spare when the request to stop it leaves, in milliseconds. Between the two
 * come a dry run of the next pod, a terminal that may hold the process up, and a renewal of the lease, which an API server under
 * load answers late; meanwhile another broker may die.
 */
export const gateGoodForMs = 5_000;

/** What says that a pod is spare. */
export type Gate = {
  /** When the reading was begun. */
  readAt: Moment;
  /**
   * Reads again. Returns when that was done, which counts from then on: where reading itself takes longer than it is good
   * for, nothing would ever be fresh. Undefined where the pod is not spare any more.
   */
  again: () => Promise<Moment | undefined>;
};

/** A Kube through which a change is sent only while a reading is fresh, asked after the fence, which may take its time. */
export function whileFresh(kube: FencedKube, readAt: Moment): { kube: FencedKube; isStale: () => boolean } {
  let stale = false;
  const fence = async () => {
    await kube.fence();
    stale = elapsedSince(kube.clock, readAt) > gateGoodForMs;
    if (stale) throw new KafkaHaError('internal', 'The reading that says this pod can be spared is too old.');
  };
  return { kube: fencedBy(fence, kube), isStale: () => stale };
}
