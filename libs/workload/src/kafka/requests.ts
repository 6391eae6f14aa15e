import {
  type Api,
  decodeAnswer,
  decodeRecordBatches,
  encodeRecordBatch,
  encodeRequest,
  ERROR,
  fetchApi,
  initProducerIdApi,
  listOffsetsApi,
  metadataApi,
  metadataRequest,
  produceApi,
  type BatchRecord,
  type Metadata as ClusterMetadata,
} from '@kafka-ha/kafka-protocol';

/**
 * A request and how to read its answer, per partition: an error of one partition leaves the others' answers standing.
 *
 * No client's own producer or consumer is used, because it would measure itself: kafkajs 2.2.4 does not ask for the leader
 * again after a request timed out (a broker that went silent interrupted its partitions for 32 s where 10 s are due),
 * fails a whole topic's metadata when one partition has no leader, and retries where nobody sees whether an attempt may
 * have been stored.
 */
export type Request<T> = {
  /** Kafka's name of it. */
  api: string;
  encode: (correlationId: number, clientId: string) => Buffer;
  decode: (data: Buffer) => T;
};

export type Metadata = {
  brokers: { id: number; host: string; port: number }[];
  /** A topic-wide error code, and the leader of each partition; -1 where there is none. */
  errorCode: number;
  /** By the epochs old metadata of a broker that is cut off is told from new. */
  partitions: { partition: number; leader: number; epoch: number }[];
};
export type Producer = { id: number; epoch: number };
export type PartitionOffset = { partition: number; errorCode: number; offset: number };
export type FetchedPartition = { partition: number; errorCode: number; records: FetchedRecord[] };
/** With the epoch of the leader that took it. */
export type FetchedRecord = BatchRecord & { epoch: number };

export function metadata(topic: string): Request<Metadata> {
  const asked = metadataRequest([topic]);
  return request(metadataApi, () => asked, readMetadata);
}

function readMetadata({ brokers, topics }: ClusterMetadata): Metadata {
  const { errorCode, partitions } = topics[0] ?? { errorCode: ERROR.unknownTopicOrPartition, partitions: [] };
  return {
    brokers: brokers.map(({ nodeId, host, port }) => ({ id: nodeId, host, port })),
    errorCode,
    // No leader shows as leader -1, whatever the partition's own error says; a replica that is away is none of ours.
    partitions: partitions.map(({ index, leaderId, leaderEpoch }) => {
      return { partition: index, leader: leaderId, epoch: leaderEpoch };
    }),
  };
}

export function initProducerId(): Request<Producer & { errorCode: number }> {
  const asked = { transactionalId: null, transactionTimeoutMs: 0 };
  return request(
    initProducerIdApi,
    () => asked,
    ({ errorCode, producerId, producerEpoch }) => ({ errorCode, id: producerId, epoch: producerEpoch }),
  );
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
  const recordsOf = ({ values, sequence = 0 }: Batch) =>
    encodeRecordBatch(
      values.map((value) => ({ value })),
      Date.now(),
      producer && { ...producer, firstSequence: sequence },
    );
  const asked = () => ({
    transactionalId: null,
    acks: allInSync,
    timeoutMs,
    topics: [
      {
        name: topic,
        partitions: batches.map((batch) => ({ index: batch.partition, records: recordsOf(batch) })),
      },
    ],
  });
  return request(produceApi, asked, ({ topics }) =>
    topics
      .flatMap(({ partitions }) => partitions)
      .map(({ index, errorCode, baseOffset }) => ({ partition: index, errorCode, offset: baseOffset })),
  );
}

export function fetch(
  topic: string,
  partitions: readonly { partition: number; epoch: number; offset: number }[],
  maxWaitMs: number,
): Request<FetchedPartition[]> {
  const asked = {
    replicaId: consumer,
    maxWaitMs,
    minBytes: 1,
    maxBytes: 4 << 20,
    isolationLevel: readUncommitted,
    sessionId: 0,
    sessionEpoch: noSession,
    topics: [
      {
        name: topic,
        partitions: partitions.map(({ partition, epoch, offset }) => ({
          index: partition,
          currentLeaderEpoch: epoch,
          fetchOffset: offset,
          logStartOffset: -1, // a replica's alone
          maxBytes: 1 << 20,
        })),
      },
    ],
    forgotten: [],
    rackId: '',
  };
  return request(
    fetchApi,
    () => asked,
    ({ topics }) =>
      topics
        .flatMap((answered) => answered.partitions)
        .map(({ index, errorCode, records }) => ({
          partition: index,
          errorCode,
          records: readRecords(records),
        })),
  );
}

/** Whether a batch's checksum fits is not asked: each of our records has one of its own, which tells more. */
function readRecords(bytes: Buffer): FetchedRecord[] {
  return decodeRecordBatches(bytes).flatMap(({ leaderEpoch, baseOffset, records }) => {
    if (!records) throw new Error(`the records from offset ${baseOffset} on are compressed, but not by gzip`);
    return records.map((record) => ({ ...record, epoch: leaderEpoch }));
  });
}

/** The first offset of each partition, or the one after the last that every replica in sync holds. */
export function listOffsets(
  topic: string,
  partitions: readonly number[],
  which: 'earliest' | 'latest',
): Request<PartitionOffset[]> {
  const timestamp = which === 'earliest' ? -2 : -1;
  const asked = {
    replicaId: consumer,
    isolationLevel: readUncommitted,
    topics: [{ name: topic, partitions: partitions.map((partition) => ({ index: partition, timestamp })) }],
  };
  return request(
    listOffsetsApi,
    () => asked,
    ({ topics }) =>
      topics
        .flatMap((answered) => answered.partitions)
        .map(({ index, errorCode, offset }) => ({ partition: index, errorCode, offset })),
  );
}

const consumer = -1;
const readUncommitted = 0;
const allInSync = -1;
const noSession = -1;

/** `asked` is called when the request leaves, which may be after a connection was opened for it. */
export function request<Asked, Answer, T>(
  api: Api<Asked, Answer>,
  asked: () => Asked,
  read: (answer: Answer) => T,
): Request<T> {
  return {
    api: api.name,
    encode: (correlationId, clientId) => encodeRequest(api, asked(), { correlationId, clientId }),
    decode: (data) => read(decodeAnswer(api, data)),
  };
}
