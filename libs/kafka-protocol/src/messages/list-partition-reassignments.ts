import type { Api } from '../api.ts';
import {
  compactArray,
  compactNullableArray,
  compactNullableString,
  compactString,
  int16,
  int32,
  flexibleStruct,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  timeoutMs: int32,
  /** `null` asks for all topics. */
  topics: compactNullableArray(flexibleStruct({ name: compactString, partitions: compactArray(int32) })),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  errorMessage: compactNullableString,
  topics: compactArray(
    flexibleStruct({
      name: compactString,
      partitions: compactArray(
        flexibleStruct({
          index: int32,
          replicas: compactArray(int32),
          adding: compactArray(int32),
          removing: compactArray(int32),
        }),
      ),
    }),
  ),
});

export const listPartitionReassignmentsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'ListPartitionReassignments',
  key: 46,
  version: 0,
  flexible: true,
  changes: () => false,
  request,
  response,
};
