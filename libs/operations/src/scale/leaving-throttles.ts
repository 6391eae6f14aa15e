import { abortedError, count, isKafkaHaError, KafkaHaError, messageOf } from '@kafka-ha/base';
import { listReassignments, type FencedKafka } from '@kafka-ha/kafka';
import { removeThrottles } from './remove-throttles.ts';

export type Leaving = {
  /** The connection of the move may have ended with its signal. */
  open: (until: AbortSignal) => FencedKafka | Promise<FencedKafka>;
  /** The move's. */
  signal: AbortSignal;
  /** Fires when nothing may be changed any more. */
  stopNow: AbortSignal;
};

/** Somebody may be waiting for Ctrl-C to end this. */
const withinMs = 20_000;

const howToEnd =
  'Run the same command again to continue, or kafka-ha scale --abort to cancel the move and remove them.';

/**
 * For a move that ends early: removes the throttles if nothing is under way any more, for a broker that restarts under one
 * may never catch up. Where something is, or they cannot be removed, the error says that they stay. Returns it.
 */
export async function leavingThrottles(error: unknown, { open, signal, stopNow }: Leaving): Promise<unknown> {
  const told = !isKafkaHaError(error) && signal.aborted ? abortedError(signal) : error;
  try {
    const until = AbortSignal.any([stopNow, AbortSignal.timeout(withinMs)]);
    if (stopNow.aborted) throw abortedError(stopNow);
    await using kafka = await open(until);
    const ongoing = await listReassignments(kafka);
    if (ongoing.length > 0)
      return staying(
        told,
        `${count(ongoing.length, 'partition is', 'partitions are')} still being moved under a throttle`,
      );
    await removeThrottles(kafka, until);
    return error;
  } catch (cause) {
    return staying(told, `throttles may have been left behind: ${messageOf(cause)}`);
  }
}

function staying(error: unknown, why: string): unknown {
  if (!isKafkaHaError(error)) return error;
  const { code, message, details = [], hint } = error;
  return new KafkaHaError(code, message, {
    details: [...details, why],
    hint: hint === undefined ? howToEnd : `${hint} ${howToEnd}`,
    cause: error,
  });
}
