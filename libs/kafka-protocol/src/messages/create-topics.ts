import type { Api } from '../api.ts';
import { array, bool, int16, int32, nullableString, string, struct, type ValueOf } from '../codec.ts';

const request = struct({
  topics: array(
    struct({
      name: string,
      /** -1 where assignments are given. */
      partitionCount: int32,
      /** -1 where assignments are given. */
      replicationFactor: int16,
      assignments: array(struct({ partition: int32, brokerIds: array(int32) })),
      configs: array(struct({ name: string, value: nullableString })),
    }),
  ),
  timeoutMs: int32,
  validateOnly: bool,
});

const response = struct({
  throttleTimeMs: int32,
  topics: array(struct({ name: string, errorCode: int16, errorMessage: nullableString })),
});

export const createTopicsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'CreateTopics',
  key: 19,
  version: 4,
  flexible: false,
  changes: ({ validateOnly }) => !validateOnly,
  request,
  response,
};
