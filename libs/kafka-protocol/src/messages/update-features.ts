import type { Api } from '../api.ts';
import {
  bool,
  compactArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int8,
  type ValueOf,
} from '../codec.ts';

/** `FeatureUpdate.UpgradeType` in Kafka. A safe downgrade is refused where metadata would be lost. */
export const UPGRADE_TYPE = { upgrade: 1, safeDowngrade: 2 } as const;

const request = flexibleStruct({
  timeoutMs: int32,
  features: compactArray(flexibleStruct({ name: compactString, maxVersionLevel: int16, upgradeType: int8 })),
  validateOnly: bool,
});

const response = flexibleStruct({
  throttleTimeMs: int32,
  /** Where 4.0 and later say what they refuse, with no results; 3.9 says it of each feature, and 0 here. */
  errorCode: int16,
  errorMessage: compactNullableString,
  results: compactArray(
    flexibleStruct({ name: compactString, errorCode: int16, errorMessage: compactNullableString }),
  ),
});

export const updateFeaturesApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'UpdateFeatures',
  key: 57,
  version: 1,
  flexible: true,
  changes: ({ validateOnly }) => !validateOnly,
  request,
  response,
};
