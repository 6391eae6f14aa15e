import createRequest from 'kafkajs/src/protocol/request.js';
import Decoder from 'kafkajs/src/protocol/decoder.js';
import fetchRequest from 'kafkajs/src/protocol/requests/fetch/v11/request.js';
import { decode as decodeFetch } from 'kafkajs/src/protocol/requests/fetch/v11/response.js';
import initProducerIdRequest from 'kafkajs/src/protocol/requests/initProducerId/v1/request.js';
import { decode as decodeInitProducerId } from 'kafkajs/src/protocol/requests/initProducerId/v1/response.js';
import listOffsetsRequest from 'kafkajs/src/protocol/requests/listOffsets/v3/request.js';
import { decode as decodeListOffsets } from 'kafkajs/src/protocol/requests/listOffsets/v3/response.js';
import metadataRequest from 'kafkajs/src/protocol/requests/metadata/v6/request.js';
import produceRequest from 'kafkajs/src/protocol/requests/produce/v7/request.js';
import { decode as decodeProduce } from 'kafkajs/src/protocol/requests/produce/v7/response.js';

/**
 * A request and how to read its answer, per partition: an error of one partition leaves the others' answers standing.
 *
 * The encoding is kafkajs's. Its own producer and consumer are not used, because they would measure themselves:
 * kafkajs 2.2.4 does not ask for the leader again after a request timed out (a broker that went silent interrupted its
 * partitions for 32 s where 10 s are due), fails a whole topic's metadata when one partition has no leader, and retries
 * where nobody sees whether an attempt may have been stored.
 */
export type Request<T> = {
  /** Kafka's name of it. */
  api: string;
  encode: (correlationId: number, clientId: string) => Promise<Buffer>;
  decode: (data: Buffer) => Promise<T>;
};

export type Metadata = {
  brokers: { id: number; host: string; port: number }[];
  /** A topic-wide error code, and the leader of each partition; -1 where there is none. */
  errorCode: number;
  partitions: { partition: number; leader: number; epoch: number }[];
};
export type Producer = { id: string; epoch: number };
export type PartitionOffset = { partition: number; errorCode: number; offset: number };
export type FetchedPartition = { partition: number; errorCode: number; records: FetchedRecord[] };
export type FetchedRecord = { offset: number; epoch: number; value: Buffer | null };

/** Version 7, the first to carry leader epochs: by them old metadata of a broker that is cut off is told from new. */
export function metadata(topic: string): Request<Metadata> {
  return {
    ...encoded({ ...metadataRequest({ topics: [topic], allowAutoTopicCreation: false }), apiVersion: 7 }),
    decode: async (data) => {
      const decoder = new Decoder(data);
      decoder.readInt32(); // throttle time
      const brokers = decoder.readArray((d) => {
        const broker = { id: d.readInt32(), host: d.readString(), port: d.readInt32() };
        d.readString(); // rack
        return broker;
      });
      decoder.readString(); // cluster id
      decoder.readInt32(); // controller
      const topics = decoder.readArray((d) => {
        const errorCode = d.readInt16();
        d.readString(); // name
        d.readBoolean(); // internal
        return { errorCode, partitions: d.readArray(readPartition) };
      });
      return { brokers, ...(topics[0] ?? { errorCode: unknownTopic, partitions: [] }) };
    },
  };
}

export function initProducerId(): Request<Producer & { errorCode: number }> {
  return {
    ...encoded(initProducerIdRequest({ transactionTimeout: 0 })),
    decode: async (data) => {
      const { errorCode, producerId, producerEpoch } = await decodeInitProducerId(data);
      return { errorCode, id: producerId, epoch: producerEpoch };
    },
  };
}

/** What is written to one partition; `sequence` is the first record's, only with a producer. */
export type Batch = { partition: number; values: readonly Buffer[]; sequence?: number };

/** Answered once all replicas in sync have every batch, or after `timeoutMs` for those of which they have not. */
export function produce(
  topic: string,
  batches: readonly Batch[],
  producer: Producer | undefined,
  timeoutMs: number,
): Request<PartitionOffset[]> {
  const request = produceRequest({
    acks: -1,
    timeout: timeoutMs,
    producerId: producer?.id,
    producerEpoch: producer?.epoch,
    topicData: [
      {
        topic,
        partitions: batches.map(({ partition, values, sequence }) => ({
          partition,
          firstSequence: sequence,
          messages: values.map((value) => ({ value })),
        })),
      },
    ],
  });
  return {
    ...encoded(request),
    decode: async (data) => {
      const { topics } = await decodeProduce(data);
      return topics
        .flatMap(({ partitions }) => partitions)
        .map(({ partition, errorCode, baseOffset }) => {
          return { partition, errorCode, offset: Number(baseOffset) };
        });
    },
  };
}

export function fetch(
  topic: string,
  partitions: readonly { partition: number; epoch: number; offset: number }[],
  maxWaitMs: number,
): Request<FetchedPartition[]> {
  const request = fetchRequest({
    replicaId: consumer,
    maxWaitTime: maxWaitMs,
    minBytes: 1,
    maxBytes: 4 << 20,
    isolationLevel: readUncommitted,
    topics: [
      {
        topic,
        partitions: partitions.map(({ partition, epoch, offset }) => {
          return { partition, currentLeaderEpoch: epoch, fetchOffset: offset, maxBytes: 1 << 20 };
        }),
      },
    ],
  });
  return {
    ...encoded(request),
    decode: async (data) => {
      const { responses } = await decodeFetch(data);
      return responses
        .flatMap((response) => response.partitions)
        .map(({ partition, errorCode, messages }) => {
          const records = messages.map(({ offset, value, batchContext }) => {
            return { offset: Number(offset), epoch: batchContext?.partitionLeaderEpoch ?? -1, value };
          });
          return { partition, errorCode, records };
        });
    },
  };
}

/** The first offset of each partition, or the one after the last that every replica in sync holds. */
export function listOffsets(
  topic: string,
  partitions: readonly number[],
  which: 'earliest' | 'latest',
): Request<PartitionOffset[]> {
  const timestamp = which === 'earliest' ? -2 : -1;
  const request = listOffsetsRequest({
    replicaId: consumer,
    isolationLevel: readUncommitted,
    topics: [{ topic, partitions: partitions.map((partition) => ({ partition, timestamp })) }],
  });
  return {
    ...encoded(request),
    decode: async (data) => {
      const { responses } = await decodeListOffsets(data);
      return responses
        .flatMap((response) => response.partitions)
        .map(({ partition, errorCode, offset }) => {
          return { partition, errorCode, offset: Number(offset) };
        });
    },
  };
}

const consumer = -1;
const readUncommitted = 0;
const unknownTopic = 3;

function encoded(request: WireRequest): Pick<Request<unknown>, 'api' | 'encode'> {
  return {
    api: request.apiName,
    encode: async (correlationId, clientId) =>
      (await createRequest({ correlationId, clientId, request })).buffer,
  };
}

function readPartition(decoder: Decoder): Metadata['partitions'][number] {
  decoder.readInt16(); // error: no leader shows as leader -1, a replica that is away is none of ours
  const partition = decoder.readInt32();
  const leader = decoder.readInt32();
  const epoch = decoder.readInt32();
  for (let lists = 0; lists < 3; lists += 1) decoder.readArray((d) => d.readInt32()); // replicas, in sync, offline
  return { partition, leader, epoch };
}
