import type { Api } from '../api.ts';
import {
  bool,
  compactArray,
  compactNullableArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  noUuid,
  uuid,
  type ValueOf,
} from '../codec.ts';

const request = flexibleStruct({
  /** `null` asks for all topics. Asked for by name, a topic has no id. */
  topics: compactNullableArray(flexibleStruct({ topicId: uuid, name: compactNullableString })),
  allowAutoTopicCreation: bool,
  includeAuthorizedOperations: bool,
});

/** Asks for these topics, or for all where `topics` is null; it makes none. */
export function metadataRequest(topics: readonly string[] | null): ValueOf<typeof request> {
  return {
    topics: topics && topics.map((name) => ({ topicId: noUuid, name })),
    allowAutoTopicCreation: false,
    includeAuthorizedOperations: false,
  };
}

const response = flexibleStruct({
  throttleTimeMs: int32,
  brokers: compactArray(
    flexibleStruct({ nodeId: int32, host: compactString, port: int32, rack: compactNullableString }),
  ),
  clusterId: compactNullableString,
  controllerId: int32,
  topics: compactArray(
    flexibleStruct({
      errorCode: int16,
      name: compactString,
      topicId: uuid,
      isInternal: bool,
      partitions: compactArray(
        flexibleStruct({
          errorCode: int16,
          index: int32,
          leaderId: int32,
          leaderEpoch: int32,
          replicas: compactArray(int32),
          isr: compactArray(int32),
          offlineReplicas: compactArray(int32),
        }),
      ),
      authorizedOperations: int32,
    }),
  ),
});

export type Metadata = ValueOf<typeof response>;

export const metadataApi: Api<ValueOf<typeof request>, Metadata> = {
  name: 'Metadata',
  key: 3,
  version: 11,
  flexible: true,
  changes: () => false,
  request,
  response,
};
