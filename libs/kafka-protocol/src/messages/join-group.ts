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
  sessionTimeoutMs: int32,
  /** How long the coordinator waits for the other members to join again. */
  rebalanceTimeoutMs: int32,
  /** Empty at first: the coordinator refuses that with MEMBER_ID_REQUIRED, and gives one. */
  memberId: compactString,
  groupInstanceId: compactNullableString,
  protocolType: compactString,
  protocols: compactArray(flexibleStruct({ name: compactString, metadata: compactBytes })),
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  generationId: int32,
  protocolType: compactNullableString,
  protocolName: compactNullableString,
  leader: compactString,
  memberId: compactString,
  /** For the leader alone, who assigns. */
  members: compactArray(
    flexibleStruct({
      memberId: compactString,
      groupInstanceId: compactNullableString,
      metadata: compactBytes,
    }),
  ),
});

/** Answered by the coordinator once every member has joined. */
export const joinGroupApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'JoinGroup',
  key: 11,
  version: 7,
  flexible: true,
  changes: () => true,
  request,
  response,
};
