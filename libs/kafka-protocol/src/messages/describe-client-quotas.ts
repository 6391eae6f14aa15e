import type { Api } from '../api.ts';
import {
  bool,
  compactArray,
  compactNullableArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  float64,
  int16,
  int32,
  int8,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  components: compactArray(
    flexibleStruct({ entityType: compactString, matchType: int8, match: compactNullableString }),
  ),
  strict: bool,
});

/** Asks for all quotas. */
export const ALL_QUOTAS: ValueOf<typeof request> = { components: [], strict: false };

const response = flexibleStruct({
  throttleTimeMs: int32,
  errorCode: int16,
  errorMessage: compactNullableString,
  entries: compactNullableArray(
    flexibleStruct({
      /** `user`, `client-id` or `ip`; a name of null is the default of its type. */
      entity: compactArray(flexibleStruct({ entityType: compactString, entityName: compactNullableString })),
      values: compactArray(flexibleStruct({ key: compactString, value: float64 })),
    }),
  ),
});

export type ClientQuotas = ValueOf<typeof response>;

export const describeClientQuotasApi: Api<ValueOf<typeof request>, ClientQuotas> = {
  name: 'DescribeClientQuotas',
  key: 48,
  version: 1,
  flexible: true,
  changes: () => false,
  request,
  response,
};
