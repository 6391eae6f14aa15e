import type { Api } from '../api.ts';
import { array, int16, int32, string, struct, type ValueOf } from '../codec.ts';

const request = struct({ names: array(string), timeoutMs: int32 });

const response = struct({
  throttleTimeMs: int32,
  topics: array(struct({ name: string, errorCode: int16 })),
});

export const deleteTopicsApi: Api<ValueOf<typeof request>, ValueOf<typeof response>> = {
  name: 'DeleteTopics',
  key: 20,
  version: 3,
  flexible: false,
  changes: () => true,
  request,
  response,
};
