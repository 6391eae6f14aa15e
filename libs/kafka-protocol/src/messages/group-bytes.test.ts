import { bytesOf } from '../testing/bytes-of.ts';
import { listGroupsApi } from './list-groups.ts';
import { offsetFetchApi } from './offset-fetch.ts';

// The message classes of kafka-clients 4.4.0 write the same bytes as those of 3.9.2.

bytesOf('ListGroups asks', listGroupsApi.request, {}, '00');
bytesOf(
  'ListGroups answers with the groups that a broker coordinates',
  listGroupsApi.response,
  { throttleTimeMs: 0, errorCode: 0, groups: [{ groupId: 'billing', protocolType: 'consumer' }] },
  '000000000000020862696c6c696e6709636f6e73756d65720000',
);
bytesOf(
  'OffsetFetch asks for all that a group has committed',
  offsetFetchApi.request,
  { groups: [{ groupId: 'billing', topics: null }], requireStable: false },
  '020862696c6c696e6700000000',
);
bytesOf(
  'OffsetFetch answers with an offset',
  offsetFetchApi.response,
  {
    throttleTimeMs: 0,
    groups: [
      {
        groupId: 'billing',
        topics: [
          {
            name: 'orders',
            partitions: [
              {
                index: 3,
                committedOffset: 1_234_567_890_123,
                committedLeaderEpoch: 7,
                metadata: '',
                errorCode: 0,
              },
            ],
          },
        ],
        errorCode: 0,
      },
    ],
  },
  '00000000020862696c6c696e6702076f726465727302000000030000011f71fb04cb00000007010000000000000000',
);
