import type { Api } from '../api.ts';
import {
  bool,
  compactArray,
  compactNullableArray,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int64,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  /** None: the directories alone. `null`: with all partitions. */
  topics: compactNullableArray(flexibleStruct({ name: compactString, partitions: compactArray(int32) })),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  directories: compactArray(
    flexibleStruct({
      errorCode: int16,
      path: compactString,
      topics: compactArray(
        flexibleStruct({
          name: compactString,
          partitions: compactArray(
            flexibleStruct({ index: int32, sizeBytes: int64, offsetLag: int64, isFuture: bool }),
          ),
        }),
      ),
      /** Of the file system, -1 if unknown. */
      totalBytes: int64,
      usableBytes: int64,
    }),
  ),
});

export const describeLogDirsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'DescribeLogDirs',
  key: 35,
  version: 4,
  flexible: true,
  changes: () => false,
  request,
  response,
};
