import type { Api } from '../api.ts';
import {
  array,
  bytes,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  string,
  struct,
  type ValueOf,
} from '../codec.ts';

const request = struct({
  /** -1: a consumer. */
  replicaId: int32,
  maxWaitMs: int32,
  minBytes: int32,
  maxBytes: int32,
  isolationLevel: int8,
  /** 0 and -1: no fetch session. */
  sessionId: int32,
  sessionEpoch: int32,
  topics: array(
    struct({
      name: string,
      partitions: array(
        struct({
          index: int32,
          currentLeaderEpoch: int32,
          fetchOffset: int64,
          logStartOffset: int64,
          maxBytes: int32,
        }),
      ),
    }),
  ),
  forgotten: array(struct({ name: string, partitions: array(int32) })),
  rackId: string,
});

const response = struct({
  throttleTimeMs: int32,
  errorCode: int16,
  sessionId: int32,
  topics: array(
    struct({
      name: string,
      partitions: array(
        struct({
          index: int32,
          errorCode: int16,
          highWatermark: int64,
          lastStableOffset: int64,
          logStartOffset: int64,
          abortedTransactions: nullableArray(struct({ producerId: int64, firstOffset: int64 })),
          preferredReadReplica: int32,
          records: bytes,
        }),
      ),
    }),
  ),
});

export const fetchApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'Fetch',
  key: 1,
  version: 11,
  flexible: false,
  changes: () => false,
  request,
  response,
};
