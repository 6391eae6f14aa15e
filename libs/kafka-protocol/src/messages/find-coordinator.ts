import type { Api } from '../api.ts';
import {
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int8,
  type ValueOf,
} from '../codec.ts';

/** What is coordinated; the other ones are transactions and share groups. */
export const COORDINATED = { group: 0 } as const;

const request = flexibleStruct({ key: compactString, keyType: int8 });

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  errorMessage: compactNullableString,
  nodeId: int32,
  host: compactString,
  port: int32,
});

/** Any broker tells who coordinates a group. */
export const findCoordinatorApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'FindCoordinator',
  key: 10,
  version: 3,
  flexible: true,
  changes: () => false,
  request,
  response,
};
