import type { Api } from '../api.ts';
import {
  compactArray,
  compactNullableArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  timeoutMs: int32,
  topics: compactArray(
    flexibleStruct({
      name: compactString,
      partitions: compactArray(
        flexibleStruct({
          index: int32,
          /** `null` cancels the one that is under way. */
          replicas: compactNullableArray(int32),
        }),
      ),
    }),
  ),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  errorMessage: compactNullableString,
  topics: compactArray(
    flexibleStruct({
      name: compactString,
      partitions: compactArray(
        flexibleStruct({ index: int32, errorCode: int16, errorMessage: compactNullableString }),
      ),
    }),
  ),
});

export const alterPartitionReassignmentsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'AlterPartitionReassignments',
  key: 45,
  version: 0,
  flexible: true,
  changes: () => true,
  request,
  response,
};
