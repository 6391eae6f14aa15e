import type { Api } from '../api.ts';
import {
  compactArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int64,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  groupId: compactString,
  generationId: int32,
  memberId: compactString,
  groupInstanceId: compactNullableString,
  topics: compactArray(
    flexibleStruct({
      name: compactString,
      partitions: compactArray(
        flexibleStruct({
          index: int32,
          /** The next record that the group is to read. */
          committedOffset: int64,
          committedLeaderEpoch: int32,
          metadata: compactNullableString,
        }),
      ),
    }),
  ),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  topics: compactArray(
    flexibleStruct({
      name: compactString,
      partitions: compactArray(flexibleStruct({ index: int32, errorCode: int16 })),
    }),
  ),
});

/** Sent to the coordinator of the group, by a member of its generation. */
export const offsetCommitApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'OffsetCommit',
  key: 8,
  version: 8,
  flexible: true,
  changes: () => true,
  request,
  response,
};
