import type { Api } from '../api.ts';
import {
  bool,
  type Codec,
  compactArray,
  compactNullableString,
  compactString,
  flexibleStruct,
  int16,
  int32,
  int8,
  type ValueOf,
} from '../codec.ts';

/** `EndpointType` in Kafka: brokers are asked for brokers, controllers for controllers. */
export const ENDPOINT = { broker: 1, controller: 2 } as const;

const requestFields = { includeClusterAuthorizedOperations: bool, endpointType: int8 };

const nodeFields = { nodeId: int32, host: compactString, port: int32, rack: compactNullableString };

function response<Node>(node: Codec<Node>) {
  return flexibleStruct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: compactNullableString,
    endpointType: int8,
    clusterId: compactString,
    /** Of a controller: who leads the quorum, as far as it knows. Of a broker with KRaft: any broker, -1 if all are fenced. */
    controllerId: int32,
    nodes: compactArray(node),
    clusterAuthorizedOperations: int32,
  });
}

const request = flexibleStruct(requestFields);
const plainResponse = response(flexibleStruct(nodeFields));

export const describeClusterApi: Api<ValueOf<typeof request>, ValueOf<typeof plainResponse>> = {
  name: 'DescribeCluster',
  key: 60,
  version: 1,
  flexible: true,
  changes: () => false,
  request,
  response: plainResponse,
};

const fencedRequest = flexibleStruct({ ...requestFields, includeFencedBrokers: bool });
/** Asks a broker for all brokers. */
export const FENCED_BROKERS: ValueOf<typeof fencedRequest> = {
  includeClusterAuthorizedOperations: false,
  endpointType: ENDPOINT.broker,
  includeFencedBrokers: true,
};

const fencedResponse = response(flexibleStruct({ ...nodeFields, isFenced: bool }));

/** From 4.0 on: with the brokers that are registered but fenced, those that are long gone among them (KIP-1073). */
export const describeFencedBrokersApi: Api<ValueOf<typeof fencedRequest>, ValueOf<typeof fencedResponse>> = {
  name: 'DescribeCluster',
  key: 60,
  version: 2,
  flexible: true,
  changes: () => false,
  request: fencedRequest,
  response: fencedResponse,
};
