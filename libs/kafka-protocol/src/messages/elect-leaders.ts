import type { Api } from '../api.ts';
import {
  array,
  int16,
  int32,
  int8,
  nullableArray,
  nullableString,
  string,
  struct,
  type ValueOf,
} from '../codec.ts';

/** `ElectionType` in Kafka. The other one, unclean, gives up acknowledged records. */
export const ELECTION = { preferred: 0 } as const;

const request = struct({
  type: int8,
  /** `null` asks for all partitions. */
  topics: nullableArray(struct({ name: string, partitions: array(int32) })),
  timeoutMs: int32,
});

const response = struct({
  throttleTimeMs: int32,
  errorCode: int16,
  topics: array(
    struct({
      name: string,
      partitions: array(struct({ index: int32, errorCode: int16, errorMessage: nullableString })),
    }),
  ),
});

export const electLeadersApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'ElectLeaders',
  key: 43,
  version: 1,
  flexible: false,
  changes: () => true,
  request,
  response,
};
