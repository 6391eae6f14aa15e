import { describe, expect, test } from '@jest/globals';
import { noUuid } from '../codec.ts';
import { decodeAnswer, encodeRequest } from '../framing.ts';
import { bytesOf } from '../testing/bytes-of.ts';
import { apiVersionsApi } from './api-versions.ts';
import { brokerHeartbeatApi } from './broker-heartbeat.ts';
import { describeClusterApi, describeFencedBrokersApi, ENDPOINT } from './describe-cluster.ts';
import { describeQuorumApi, METADATA_LOG } from './describe-quorum.ts';
import { unregisterBrokerApi } from './unregister-broker.ts';
import { UPGRADE_TYPE, updateFeaturesApi } from './update-features.ts';

// The message classes of kafka-clients 4.4.0 write the same bytes as those of 3.9.2; version 2 of DescribeCluster is 4.4.0's.

const apiKeys = [
  { key: 18, minVersion: 0, maxVersion: 4 },
  { key: 55, minVersion: 0, maxVersion: 2 },
];
const noFeatures = {
  errorCode: 0,
  apiKeys,
  throttleTimeMs: 0,
  supportedFeatures: [],
  finalizedFeaturesEpoch: -1,
  finalizedFeatures: [],
  zkMigrationReady: false,
};
const features = {
  ...noFeatures,
  supportedFeatures: [
    { name: 'metadata.version', minVersion: 1, maxVersion: 21 },
    { name: 'kraft.version', minVersion: 0, maxVersion: 1 },
  ],
  finalizedFeaturesEpoch: 300,
  finalizedFeatures: [{ name: 'metadata.version', maxVersionLevel: 21, minVersionLevel: 21 }],
};

describe('kraft bytes', () => {
  bytesOf(
    'ApiVersions asks',
    apiVersionsApi.request,
    { clientSoftwareName: 'kafka-ha', clientSoftwareVersion: '1' },
    '096b61666b612d6861023100',
  );
  bytesOf(
    'ApiVersions answers without features, whose epoch is unknown',
    apiVersionsApi.response,
    noFeatures,
    '00000300120000000400003700000002000000000000',
  );
  bytesOf(
    'ApiVersions answers with features that are supported and finalised',
    apiVersionsApi.response,
    features,
    '00000300120000000400003700000002000000000003002a03116d657461646174612e76657273696f6e00010015000e6b726166742e76657273696f6e00000001000108000000000000012c021702116d657461646174612e76657273696f6e0015001500',
  );
  bytesOf(
    'ApiVersions answers of a controller that is ready for a migration',
    apiVersionsApi.response,
    { ...features, zkMigrationReady: true },
    '00000300120000000400003700000002000000000004002a03116d657461646174612e76657273696f6e00010015000e6b726166742e76657273696f6e00000001000108000000000000012c021702116d657461646174612e76657273696f6e0015001500030101',
  );

  test('the answer of ApiVersions has no tags in its header, though the request has', () => {
    const request = { clientSoftwareName: 'kafka-ha', clientSoftwareVersion: '1' };
    const frame = encodeRequest(apiVersionsApi, request, { correlationId: 1, clientId: 'ha' });
    expect(frame.toString('hex')).toBe(
      '00000019' + '0012' + '0004' + '00000001' + '00026861' + '00' + '096b61666b612d6861023100',
    );
    const answer = Buffer.from('00000300120000000400003700000002000000000000', 'hex');
    expect(decodeAnswer(apiVersionsApi, answer)).toEqual(noFeatures);
  });

  bytesOf(
    'DescribeQuorum asks for the metadata log',
    describeQuorumApi.request,
    METADATA_LOG,
    '02135f5f636c75737465725f6d657461646174610200000000000000',
  );
  bytesOf(
    'DescribeQuorum answers with a voter that nobody has heard of and a broker that observes',
    describeQuorumApi.response,
    {
      errorCode: 0,
      errorMessage: null,
      topics: [
        {
          name: '__cluster_metadata',
          partitions: [
            {
              index: 0,
              errorCode: 0,
              errorMessage: null,
              leaderId: 1000,
              leaderEpoch: 7,
              highWatermark: 4711,
              currentVoters: [
                {
                  replicaId: 1000,
                  directoryId: noUuid,
                  logEndOffset: 4712,
                  lastFetchTimestamp: -1,
                  lastCaughtUpTimestamp: 1764000000000,
                },
                {
                  replicaId: 1001,
                  directoryId: noUuid,
                  logEndOffset: -1,
                  lastFetchTimestamp: -1,
                  lastCaughtUpTimestamp: -1,
                },
              ],
              observers: [
                {
                  replicaId: 0,
                  directoryId: 'xtzWWN4bTjitpL3kfd9s5g',
                  logEndOffset: 4711,
                  lastFetchTimestamp: 1764000000500,
                  lastCaughtUpTimestamp: 1764000000400,
                },
              ],
            },
          ],
        },
      ],
      nodes: [{ nodeId: 1000, listeners: [{ name: 'CONTROLLER', host: 'c-0', port: 50093 }] }],
    },
    '00000002135f5f636c75737465725f6d657461646174610200000000000000000003e800000007000000000000126703000003e8000000000000000000000000000000000000000000001268ffffffffffffffff0000019ab697e80000000003e900000000000000000000000000000000ffffffffffffffffffffffffffffffffffffffffffffffff000200000000c6dcd658de1b4e38ada4bde47ddf6ce600000000000012670000019ab697e9f40000019ab697e99000000002000003e8020b434f4e54524f4c4c455204632d30c3ad000000',
  );
  bytesOf(
    'DescribeQuorum answers of a controller that does not lead',
    describeQuorumApi.response,
    {
      errorCode: 0,
      errorMessage: '',
      topics: [
        {
          name: '__cluster_metadata',
          partitions: [
            {
              index: 0,
              errorCode: 6,
              errorMessage: 'no leader',
              leaderId: 0,
              leaderEpoch: 0,
              highWatermark: 0,
              currentVoters: [],
              observers: [],
            },
          ],
        },
      ],
      nodes: [],
    },
    '00000102135f5f636c75737465725f6d65746164617461020000000000060a6e6f206c656164657200000000000000000000000000000000010100000100',
  );
  bytesOf(
    'DescribeCluster asks for controllers',
    describeClusterApi.request,
    { includeClusterAuthorizedOperations: false, endpointType: ENDPOINT.controller },
    '000200',
  );
  bytesOf(
    'DescribeCluster answers with controllers',
    describeClusterApi.response,
    {
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      endpointType: ENDPOINT.controller,
      clusterId: 'wPvJ-tnSTJ6XLWrzHvNXtw',
      controllerId: 1001,
      nodes: [{ nodeId: 1001, host: 'c-1', port: 9093, rack: null }],
      clusterAuthorizedOperations: -2147483648,
    },
    '0000000000000002177750764a2d746e53544a36584c57727a48764e587477000003e902000003e904632d310000238500008000000000',
  );
  bytesOf(
    'DescribeCluster asks for fenced brokers too',
    describeFencedBrokersApi.request,
    {
      includeClusterAuthorizedOperations: false,
      endpointType: ENDPOINT.broker,
      includeFencedBrokers: true,
    },
    '00010100',
  );
  bytesOf(
    'DescribeCluster answers with a broker that is fenced',
    describeFencedBrokersApi.response,
    {
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      endpointType: ENDPOINT.broker,
      clusterId: 'wPvJ-tnSTJ6XLWrzHvNXtw',
      controllerId: 2,
      nodes: [
        { nodeId: 0, host: 'b-0', port: 9092, rack: 'zone-a', isFenced: false },
        { nodeId: 5, host: 'b-5', port: 9092, rack: null, isFenced: true },
      ],
      clusterAuthorizedOperations: -2147483648,
    },
    '0000000000000001177750764a2d746e53544a36584c57727a48764e58747700000002030000000004622d3000002384077a6f6e652d6100000000000504622d35000023840001008000000000',
  );
  bytesOf(
    'UpdateFeatures asks to try one feature higher and another lower',
    updateFeaturesApi.request,
    {
      timeoutMs: 5000,
      features: [
        { name: 'metadata.version', maxVersionLevel: 29, upgradeType: UPGRADE_TYPE.upgrade },
        { name: 'group.version', maxVersionLevel: 0, upgradeType: UPGRADE_TYPE.safeDowngrade },
      ],
      validateOnly: true,
    },
    '0000138803116d657461646174612e76657273696f6e001d01000e67726f75702e76657273696f6e000002000100',
  );
  bytesOf(
    'UpdateFeatures answers',
    updateFeaturesApi.response,
    {
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      results: [{ name: 'metadata.version', errorCode: 96, errorMessage: 'no' }],
    },
    '0000000000000002116d657461646174612e76657273696f6e0060036e6f0000',
  );
  bytesOf('UnregisterBroker asks', unregisterBrokerApi.request, { brokerId: 5 }, '0000000500');
  bytesOf(
    'UnregisterBroker answers for one that is not registered',
    unregisterBrokerApi.response,
    { throttleTimeMs: 0, errorCode: 102, errorMessage: 'The broker ID 5 is not registered' },
    '000000000066225468652062726f6b65722049442035206973206e6f74207265676973746572656400',
  );

  const fence = {
    brokerId: 2,
    brokerEpoch: 4711,
    currentMetadataOffset: -1,
    wantFence: true,
    wantShutDown: false,
  };

  bytesOf(
    'BrokerHeartbeat asks to be fenced',
    brokerHeartbeatApi.request,
    fence,
    '000000020000000000001267ffffffffffffffff010000',
  );
  bytesOf(
    'BrokerHeartbeat answers of a controller that is not the active one',
    brokerHeartbeatApi.response,
    { throttleTimeMs: 0, errorCode: 41, isCaughtUp: false, isFenced: true, shouldShutDown: false },
    '00000000002900010000',
  );

  test('a fence is a frame of 40 bytes', () => {
    const frame = encodeRequest(brokerHeartbeatApi, fence, { correlationId: 1, clientId: 'ha' });
    expect(frame.toString('hex')).toBe(
      '00000024' + '003f0000000000010002686100' + '000000020000000000001267ffffffffffffffff010000',
    );
  });
});
