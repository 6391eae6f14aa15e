import type { Api } from '../api.ts';
import { int16, int32, int64, nullableString, struct, type ValueOf } from '../codec.ts';

const request = struct({
  /** `null`: idempotent, not transactional. */
  transactionalId: nullableString,
  transactionTimeoutMs: int32,
});

const response = struct({ throttleTimeMs: int32, errorCode: int16, producerId: int64, producerEpoch: int16 });

export const initProducerIdApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'InitProducerId',
  key: 22,
  version: 1,
  flexible: false,
  changes: () => true,
  request,
  response,
};
