import type { Api } from '../api.ts';
import {
  array,
  bool,
  int16,
  int32,
  int8,
  nullableArray,
  nullableString,
  string,
  struct,
  type ValueOf,
} from '../codec.ts';

/** `ConfigResource.Type` in Kafka. */
export const RESOURCE = { topic: 2, broker: 4 } as const;

const request = struct({
  resources: array(
    struct({
      type: int8,
      name: string,
      /** `null` asks for all keys. */
      keys: nullableArray(string),
    }),
  ),
  includeSynonyms: bool,
});

const response = struct({
  throttleTimeMs: int32,
  resources: array(
    struct({
      errorCode: int16,
      errorMessage: nullableString,
      type: int8,
      name: string,
      configs: array(
        struct({
          name: string,
          value: nullableString,
          readOnly: bool,
          source: int8,
          isSensitive: bool,
          synonyms: array(struct({ name: string, value: nullableString, source: int8 })),
        }),
      ),
    }),
  ),
});

export const describeConfigsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'DescribeConfigs',
  key: 32,
  version: 2,
  flexible: false,
  changes: () => false,
  request,
  response,
};
