import type { Api } from '../api.ts';
import {
  compactArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  groupId: compactString,
  members: compactArray(flexibleStruct({ memberId: compactString, groupInstanceId: compactNullableString })),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  members: compactArray(
    flexibleStruct({ memberId: compactString, groupInstanceId: compactNullableString, errorCode: int16 }),
  ),
});

export const leaveGroupApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'LeaveGroup',
  key: 13,
  version: 4,
  flexible: true,
  changes: () => true,
  request,
  response,
};
