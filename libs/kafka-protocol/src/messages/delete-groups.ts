import type { Api } from '../api.ts';
import { compactArray, compactString, flexibleStruct, int16, int32, type ValueOf } from '../codec.ts';

const request = flexibleStruct({ groups: compactArray(compactString) });

const response = flexibleStruct({
  throttleTimeMs: int32,
  results: compactArray(flexibleStruct({ groupId: compactString, errorCode: int16 })),
});

/** Sent to the coordinator of the groups, which refuses one that has members. */
export const deleteGroupsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'DeleteGroups',
  key: 42,
  version: 2,
  flexible: true,
  changes: () => true,
  request,
  response,
};
