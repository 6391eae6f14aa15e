import type { Api } from '../api.ts';
import {
  array,
  bool,
  int16,
  int32,
  nullableArray,
  nullableString,
  string,
  struct,
  type ValueOf,
} from '../codec.ts';

const request = struct({
  topics: array(
    struct({
      name: string,
      /** With those that there are. */
      count: int32,
      /** Of those that are new. */
      assignments: nullableArray(struct({ brokerIds: array(int32) })),
    }),
  ),
  timeoutMs: int32,
  validateOnly: bool,
});

const response = struct({
  throttleTimeMs: int32,
  topics: array(struct({ name: string, errorCode: int16, errorMessage: nullableString })),
});

export const createPartitionsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'CreatePartitions',
  key: 37,
  version: 1,
  flexible: false,
  changes: ({ validateOnly }) => !validateOnly,
  request,
  response,
};
