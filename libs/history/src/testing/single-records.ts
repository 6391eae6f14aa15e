import type { History, Span } from '../history.ts';
import { seqsOf } from '../partition-history.ts';

/** The same history with every span cut into single records, so that one of them can be altered. */
export function singleRecords(history: History): History {
  return {
    ...history,
    sent: history.sent.flatMap(cut),
    acknowledged: history.acknowledged.flatMap(cut),
    unacknowledged: history.unacknowledged.flatMap(cut),
    reads: history.reads.flatMap(cut),
  };
}

function cut<T extends Span & { offset?: number }>(span: T): T[] {
  return seqsOf(span).map((seq, index) => {
    const offset = span.offset === undefined ? {} : { offset: span.offset + index };
    return { ...span, ...offset, seq, count: 1 };
  });
}
