import type { Api } from '../api.ts';
import {
  compactArray,
  compactBytes,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  groupId: compactString,
  generationId: int32,
  memberId: compactString,
  groupInstanceId: compactNullableString,
  protocolType: compactNullableString,
  protocolName: compactNullableString,
  /** From the leader alone. */
  assignments: compactArray(flexibleStruct({ memberId: compactString, assignment: compactBytes })),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  protocolType: compactNullableString,
  protocolName: compactNullableString,
  assignment: compactBytes,
});

/** Answered by the coordinator, with the member's own assignment, once the leader has assigned. */
export const syncGroupApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'SyncGroup',
  key: 14,
  version: 5,
  flexible: true,
  changes: () => true,
  request,
  response,
};
