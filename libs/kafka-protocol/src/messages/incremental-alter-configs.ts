import type { Api } from '../api.ts';
import { array, bool, int16, int32, int8, nullableString, string, struct, type ValueOf } from '../codec.ts';

/** `AlterConfigOp.OpType` in Kafka. */
export const OPERATION = { set: 0, delete: 1 } as const;

const request = struct({
  resources: array(
    struct({
      type: int8,
      name: string,
      configs: array(struct({ name: string, operation: int8, value: nullableString })),
    }),
  ),
  validateOnly: bool,
});

const response = struct({
  throttleTimeMs: int32,
  resources: array(struct({ errorCode: int16, errorMessage: nullableString, type: int8, name: string })),
});

export const incrementalAlterConfigsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'IncrementalAlterConfigs',
  key: 44,
  version: 0,
  flexible: false,
  changes: ({ validateOnly }) => !validateOnly,
  request,
  response,
};
