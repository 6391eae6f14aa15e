import type { Api } from './api.ts';
import {
  array,
  bool,
  int16,
  int32,
  nullableArray,
  nullableString,
  string,
  struct,
  type ValueOf,
} from './codec.ts';

const request = struct({
  /** `null` asks for all topics. */
  topics: nullableArray(string),
  allowAutoTopicCreation: bool,
});

const response = struct({
  throttleTimeMs: int32,
  brokers: array(struct({ nodeId: int32, host: string, port: int32, rack: nullableString })),
  clusterId: nullableString,
  controllerId: int32,
  topics: array(
    struct({
      errorCode: int16,
      name: string,
      isInternal: bool,
      partitions: array(
        struct({
          errorCode: int16,
          index: int32,
          leaderId: int32,
          leaderEpoch: int32,
          replicas: array(int32),
          isr: array(int32),
          offlineReplicas: array(int32),
        }),
      ),
    }),
  ),
});

export type Metadata = ValueOf<typeof response>;

export const metadataApi: Api<ValueOf<typeof request>, Metadata> = {
  name: 'Metadata',
  key: 3,
  version: 7,
  flexible: false,
  request,
  response,
};
