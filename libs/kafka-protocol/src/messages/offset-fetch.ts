import type { Api } from '../api.ts';
import {
  bool,
  compactArray,
  compactNullableArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int64,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  groups: compactArray(
    flexibleStruct({
      groupId: compactString,
      /** `null`: all for which it has an offset. */
      topics: compactNullableArray(flexibleStruct({ name: compactString, partitions: compactArray(int32) })),
    }),
  ),
  requireStable: bool,
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  groups: compactArray(
    flexibleStruct({
      groupId: compactString,
      topics: compactArray(
        flexibleStruct({
          name: compactString,
          partitions: compactArray(
            flexibleStruct({
              index: int32,
              /** The next record that the group would read; -1: none was committed. */
              committedOffset: int64,
              committedLeaderEpoch: int32,
              metadata: compactNullableString,
              errorCode: int16,
            }),
          ),
        }),
      ),
      errorCode: int16,
    }),
  ),
});

/** Asked of the broker that coordinates the groups. */
export const offsetFetchApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'OffsetFetch',
  key: 9,
  version: 8,
  flexible: true,
  changes: () => false,
  request,
  response,
};
