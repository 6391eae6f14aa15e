import type { Api } from '../api.ts';
import {
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
});

const response = flexibleStruct({ throttleTimeMs: int32, errorCode: int16 });

export const heartbeatApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'Heartbeat',
  key: 12,
  version: 4,
  flexible: true,
  changes: () => true,
  request,
  response,
};
