// The parts of kafkajs 2.2.4 that requests.ts uses and that its own types leave out. They are not meant for use from
// outside, so the version is pinned; it is the last one there will be.

type Encoded = { buffer: Buffer };
type WireRequest = { apiKey: number; apiVersion: number; apiName: string; encode: () => Promise<Encoded> };

declare module 'kafkajs/src/protocol/request.js' {
  export default function createRequest(options: {
    correlationId: number;
    clientId: string;
    request: WireRequest;
  }): Promise<Encoded>;
}

declare module 'kafkajs/src/protocol/requests/metadata/v6/request.js' {
  export default function metadata(options: {
    topics: string[];
    allowAutoTopicCreation: boolean;
  }): WireRequest;
}

declare module 'kafkajs/src/protocol/requests/initProducerId/v1/request.js' {
  export default function initProducerId(options: { transactionTimeout: number }): WireRequest;
}
declare module 'kafkajs/src/protocol/requests/initProducerId/v1/response.js' {
  export function decode(
    data: Buffer,
  ): Promise<{ errorCode: number; producerId: string; producerEpoch: number }>;
}

declare module 'kafkajs/src/protocol/requests/produce/v7/request.js' {
  export default function produce(options: {
    acks: -1;
    timeout: number;
    producerId?: string;
    producerEpoch?: number;
    topicData: {
      topic: string;
      partitions: { partition: number; firstSequence?: number; messages: { value: Buffer }[] }[];
    }[];
  }): WireRequest;
}
declare module 'kafkajs/src/protocol/requests/produce/v7/response.js' {
  export function decode(data: Buffer): Promise<{
    topics: {
      topicName: string;
      partitions: { partition: number; errorCode: number; baseOffset: string }[];
    }[];
  }>;
}

declare module 'kafkajs/src/protocol/requests/fetch/v11/request.js' {
  export default function fetch(options: {
    replicaId: number;
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
    isolationLevel: 0 | 1;
    topics: {
      topic: string;
      partitions: { partition: number; currentLeaderEpoch: number; fetchOffset: number; maxBytes: number }[];
    }[];
  }): WireRequest;
}
declare module 'kafkajs/src/protocol/requests/fetch/v11/response.js' {
  export function decode(data: Buffer): Promise<{
    errorCode: number;
    responses: {
      topicName: string;
      partitions: {
        partition: number;
        errorCode: number;
        messages: { offset: string; value: Buffer | null; batchContext?: { partitionLeaderEpoch: number } }[];
      }[];
    }[];
  }>;
}

declare module 'kafkajs/src/protocol/requests/listOffsets/v3/request.js' {
  export default function listOffsets(options: {
    replicaId: number;
    isolationLevel: 0 | 1;
    topics: { topic: string; partitions: { partition: number; timestamp: number }[] }[];
  }): WireRequest;
}
declare module 'kafkajs/src/protocol/requests/listOffsets/v3/response.js' {
  export function decode(data: Buffer): Promise<{
    responses: { topic: string; partitions: { partition: number; errorCode: number; offset: string }[] }[];
  }>;
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(data: Buffer);
    readInt16(): number;
    readInt32(): number;
    readString(): string;
    readBoolean(): boolean;
    readArray<T>(read: (decoder: Decoder) => T): T[];
  }
}

declare module 'kafkajs/src/protocol/error.js' {
  export const errorCodes: { type: string; code: number; retriable: boolean }[];
}
