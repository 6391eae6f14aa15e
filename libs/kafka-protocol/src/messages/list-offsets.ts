import type { Api } from '../api.ts';
import { array, int16, int32, int64, int8, string, struct, type ValueOf } from '../codec.ts';

const request = struct({
  /** -1: a consumer. */
  replicaId: int32,
  isolationLevel: int8,
  topics: array(
    struct({
      name: string,
      partitions: array(
        struct({
          index: int32,
          /** -1: the end of the log; -2: its start; else the first record that is as new, -1 if there is none. */
          timestamp: int64,
        }),
      ),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32,
  topics: array(
    struct({
      name: string,
      partitions: array(struct({ index: int32, errorCode: int16, timestamp: int64, offset: int64 })),
    }),
  ),
});

export const listOffsetsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'ListOffsets',
  key: 2,
  version: 3,
  flexible: false,
  changes: () => false,
  request,
  response,
};
