import type { Api } from '../api.ts';
import { compactNullableString, flexibleStruct, int16, int32, type ValueOf } from '../codec.ts';

const request = flexibleStruct({ brokerId: int32 });

const response = flexibleStruct({
  throttleTimeMs: int32,
  /** BROKER_ID_NOT_REGISTERED: it is gone already. */
  errorCode: int16,
  errorMessage: compactNullableString,
});

/** Makes the controllers forget a broker that is gone for good, which else would have a say in what features can be. */
export const unregisterBrokerApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'UnregisterBroker',
  key: 64,
  version: 0,
  flexible: true,
  changes: () => true,
  request,
  response,
};
