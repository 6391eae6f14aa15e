import type { Api } from '../api.ts';
import { compactArray, compactString, flexibleStruct, int16, int32, type ValueOf } from '../codec.ts';

const request = flexibleStruct({});

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  groups: compactArray(flexibleStruct({ groupId: compactString, protocolType: compactString })),
});

/** A broker answers with the groups that it coordinates. */
export const listGroupsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'ListGroups',
  key: 16,
  version: 3,
  flexible: true,
  changes: () => false,
  request,
  response,
};
