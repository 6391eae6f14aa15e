import { bytesOf } from '../testing/bytes-of.ts';
import { createTopicsApi } from './create-topics.ts';
import { deleteTopicsApi } from './delete-topics.ts';
import { describeConfigsApi, RESOURCE } from './describe-configs.ts';
import { describeLogDirsApi } from './describe-log-dirs.ts';
import { ELECTION, electLeadersApi } from './elect-leaders.ts';
import { incrementalAlterConfigsApi, OPERATION } from './incremental-alter-configs.ts';
import { listPartitionReassignmentsApi } from './list-partition-reassignments.ts';
import { noUuid } from '../codec.ts';
import { metadataApi } from './metadata.ts';

bytesOf(
  'Metadata asks for all topics',
  metadataApi.request,
  { topics: null, allowAutoTopicCreation: false, includeAuthorizedOperations: false },
  '00000000',
);
bytesOf(
  'Metadata asks for one topic',
  metadataApi.request,
  {
    topics: [{ topicId: noUuid, name: 'orders' }],
    allowAutoTopicCreation: false,
    includeAuthorizedOperations: false,
  },
  '0200000000000000000000000000000000076f726465727300000000',
);
bytesOf(
  'Metadata answers with brokers with and without a rack, and a partition without a leader',
  metadataApi.response,
  {
    throttleTimeMs: 0,
    brokers: [
      { nodeId: 1, host: 'kafka-1.kafka', port: 9092, rack: 'zone-a' },
      { nodeId: 2, host: 'kafka-2.kafka', port: 9092, rack: null },
    ],
    clusterId: 'c1',
    controllerId: 2,
    topics: [
      {
        errorCode: 0,
        name: 'orders',
        topicId: 'xtzWWN4bTjitpL3kfd9s5g',
        isInternal: false,
        partitions: [
          {
            errorCode: 0,
            index: 0,
            leaderId: 1,
            leaderEpoch: 7,
            replicas: [1, 2],
            isr: [1],
            offlineReplicas: [2],
          },
          {
            errorCode: 5,
            index: 1,
            leaderId: -1,
            leaderEpoch: 8,
            replicas: [2],
            isr: [2],
            offlineReplicas: [2],
          },
        ],
        authorizedOperations: -2147483648,
      },
    ],
  },
  '0000000003000000010e6b61666b612d312e6b61666b6100002384077a6f6e652d6100000000020e6b61666b612d322e6b61666b6100002384000003633100000002020000076f7264657273c6dcd658de1b4e38ada4bde47ddf6ce6000300000000000000000001000000070300000001000000020200000001020000000200000500000001ffffffff0000000802000000020200000002020000000200800000000000',
);
bytesOf(
  'CreateTopics asks',
  createTopicsApi.request,
  {
    topics: [
      {
        name: 'orders',
        partitionCount: -1,
        replicationFactor: -1,
        assignments: [{ partition: 0, brokerIds: [3, 1] }],
        configs: [{ name: 'retention.bytes', value: '1000' }],
      },
    ],
    timeoutMs: 5000,
    validateOnly: false,
  },
  '0000000100066f7264657273ffffffffffff000000010000000000000002000000030000000100000001000f726574656e74696f6e2e62797465730004313030300000138800',
);
bytesOf(
  'CreateTopics answers',
  createTopicsApi.response,
  {
    throttleTimeMs: 0,
    topics: [{ name: 'orders', errorCode: 36, errorMessage: "Topic 'orders' already exists." }],
  },
  '000000000000000100066f72646572730024001e546f70696320276f72646572732720616c7265616479206578697374732e',
);
bytesOf(
  'DeleteTopics asks',
  deleteTopicsApi.request,
  { names: ['orders'], timeoutMs: 5000 },
  '0000000100066f726465727300001388',
);
bytesOf(
  'DeleteTopics answers',
  deleteTopicsApi.response,
  { throttleTimeMs: 0, topics: [{ name: 'orders', errorCode: 3 }] },
  '000000000000000100066f72646572730003',
);
bytesOf(
  'DescribeConfigs asks',
  describeConfigsApi.request,
  { resources: [{ type: RESOURCE.topic, name: 'orders', keys: null }], includeSynonyms: false },
  '000000010200066f7264657273ffffffff00',
);
bytesOf(
  'DescribeConfigs answers with a key that is set and one that is secret',
  describeConfigsApi.response,
  {
    throttleTimeMs: 0,
    resources: [
      {
        errorCode: 0,
        errorMessage: '',
        type: RESOURCE.topic,
        name: 'orders',
        configs: [
          {
            name: 'min.insync.replicas',
            value: '3',
            readOnly: false,
            source: 1,
            isSensitive: false,
            synonyms: [],
          },
          {
            name: 'ssl.key',
            value: null,
            readOnly: true,
            source: 5,
            isSensitive: true,
            synonyms: [{ name: 'ssl.key', value: null, source: 5 }],
          },
        ],
      },
    ],
  },
  '0000000000000001000000000200066f72646572730000000200136d696e2e696e73796e632e7265706c6963617300013300010000000000000773736c2e6b6579ffff01050100000001000773736c2e6b6579ffff05',
);
bytesOf(
  'IncrementalAlterConfigs asks to set one key and to delete another',
  incrementalAlterConfigsApi.request,
  {
    resources: [
      {
        type: RESOURCE.topic,
        name: 'orders',
        configs: [
          { name: 'retention.bytes', operation: OPERATION.set, value: '5' },
          { name: 'segment.bytes', operation: OPERATION.delete, value: null },
        ],
      },
    ],
    validateOnly: false,
  },
  '000000010200066f726465727300000002000f726574656e74696f6e2e627974657300000135000d7365676d656e742e627974657301ffff00',
);
bytesOf(
  'IncrementalAlterConfigs answers',
  incrementalAlterConfigsApi.response,
  {
    throttleTimeMs: 0,
    resources: [{ errorCode: 40, errorMessage: 'bad', type: RESOURCE.topic, name: 'orders' }],
  },
  '0000000000000001002800036261640200066f7264657273',
);
bytesOf(
  'IncrementalAlterConfigs asks to try a key of all brokers',
  incrementalAlterConfigsApi.request,
  {
    resources: [
      {
        type: RESOURCE.broker,
        name: '',
        configs: [{ name: 'log.cleaner.threads', operation: OPERATION.set, value: '2' }],
      },
    ],
    validateOnly: true,
  },
  '000000010400000000000100136c6f672e636c65616e65722e746872656164730000013201',
);
bytesOf(
  'ElectLeaders asks for all partitions',
  electLeadersApi.request,
  { type: ELECTION.preferred, topics: null, timeoutMs: 5000 },
  '00ffffffff00001388',
);
bytesOf(
  'ElectLeaders asks for two partitions',
  electLeadersApi.request,
  { type: ELECTION.preferred, topics: [{ name: 'orders', partitions: [3, 4] }], timeoutMs: 5000 },
  '000000000100066f726465727300000002000000030000000400001388',
);
bytesOf(
  'ElectLeaders answers with one that was elected and one that is away',
  electLeadersApi.response,
  {
    throttleTimeMs: 0,
    errorCode: 0,
    topics: [
      {
        name: 'orders',
        partitions: [
          { index: 3, errorCode: 0, errorMessage: null },
          { index: 4, errorCode: 80, errorMessage: 'away' },
        ],
      },
    ],
  },
  '0000000000000000000100066f726465727300000002000000030000ffff000000040050000461776179',
);
bytesOf(
  'ListPartitionReassignments asks for all',
  listPartitionReassignmentsApi.request,
  { timeoutMs: 5000, topics: null },
  '000013880000',
);
bytesOf(
  'ListPartitionReassignments answers',
  listPartitionReassignmentsApi.response,
  {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    topics: [{ name: 'orders', partitions: [{ index: 4, replicas: [1, 2, 6], adding: [6], removing: [1] }] }],
  },
  '0000000000000002076f726465727302000000040400000001000000020000000602000000060200000001000000',
);
bytesOf('DescribeLogDirs asks for the directories alone', describeLogDirsApi.request, { topics: [] }, '0100');
bytesOf(
  'DescribeLogDirs answers with sizes beyond 32 bits',
  describeLogDirsApi.response,
  {
    throttleTimeMs: 0,
    errorCode: 0,
    directories: [
      {
        errorCode: 0,
        path: '/var/lib/kafka/data',
        topics: [
          {
            name: 'orders',
            partitions: [{ index: 0, sizeBytes: 123456789012, offsetLag: 0, isFuture: false }],
          },
        ],
        totalBytes: 53687091200,
        usableBytes: 21474836480,
      },
    ],
  },
  '000000000000020000142f7661722f6c69622f6b61666b612f6461746102076f726465727302000000000000001cbe991a1400000000000000000000000000000c8000000000000005000000000000',
);
