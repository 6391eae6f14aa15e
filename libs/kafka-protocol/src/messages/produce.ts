import type { Api } from '../api.ts';
import { array, bytes, int16, int32, int64, nullableString, string, struct, type ValueOf } from '../codec.ts';

const request = struct({
  transactionalId: nullableString,
  /** -1: answered once every in-sync replica has it. */
  acks: int16,
  timeoutMs: int32,
  topics: array(struct({ name: string, partitions: array(struct({ index: int32, records: bytes })) })),
});

const response = struct({
  topics: array(
    struct({
      name: string,
      partitions: array(
        struct({
          index: int32,
          errorCode: int16,
          baseOffset: int64,
          logAppendTimeMs: int64,
          logStartOffset: int64,
          recordErrors: array(struct({ batchIndex: int32, message: nullableString })),
          errorMessage: nullableString,
        }),
      ),
    }),
  ),
  throttleTimeMs: int32,
});

export const produceApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'Produce',
  key: 0,
  version: 8,
  flexible: false,
  changes: () => true,
  request,
  response,
};
