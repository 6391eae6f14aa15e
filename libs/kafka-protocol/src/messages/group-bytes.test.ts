import { bytesOf } from '../testing/bytes-of.ts';
import { consumerAssignment, consumerSubscription } from './consumer-protocol.ts';
import { deleteGroupsApi } from './delete-groups.ts';
import { COORDINATED, findCoordinatorApi } from './find-coordinator.ts';
import { heartbeatApi } from './heartbeat.ts';
import { joinGroupApi } from './join-group.ts';
import { leaveGroupApi } from './leave-group.ts';
import { listGroupsApi } from './list-groups.ts';
import { offsetCommitApi } from './offset-commit.ts';
import { offsetFetchApi } from './offset-fetch.ts';
import { syncGroupApi } from './sync-group.ts';

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

const subscription = '000000000001' + '00066f7264657273' + 'ffffffff';
const assignment = '000000000001' + '00066f7264657273' + '000000020000000000000003' + 'ffffffff';
const member = { groupId: 'billing', generationId: 3, memberId: 'm-1', groupInstanceId: null };
const chosen = { protocolType: 'consumer', protocolName: 'range' };

bytesOf(
  'FindCoordinator asks for that of a group',
  findCoordinatorApi.request,
  { key: 'billing', keyType: COORDINATED.group },
  '0862696c6c696e670000',
);
bytesOf(
  'FindCoordinator answers with a broker',
  findCoordinatorApi.response,
  { throttleTimeMs: 0, errorCode: 0, errorMessage: 'NONE', nodeId: 2, host: 'b2', port: 9092 },
  '000000000000054e4f4e45000000020362320000238400',
);
bytesOf(
  'a consumer subscribes',
  consumerSubscription,
  { version: 0, topics: ['orders'], userData: null },
  subscription,
);
bytesOf(
  'a consumer is assigned partitions',
  consumerAssignment,
  { version: 0, topics: [{ name: 'orders', partitions: [0, 3] }], userData: null },
  assignment,
);
bytesOf(
  'JoinGroup asks',
  joinGroupApi.request,
  {
    groupId: 'billing',
    sessionTimeoutMs: 45_000,
    rebalanceTimeoutMs: 10_000,
    memberId: 'm-1',
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from(subscription, 'hex') }],
  },
  '0862696c6c696e670000afc800002710046d2d310009636f6e73756d6572020672616e67651300000000000100066f7264657273ffffffff0000',
);
bytesOf(
  'JoinGroup answers the leader with all members',
  joinGroupApi.response,
  {
    throttleTimeMs: 0,
    errorCode: 0,
    generationId: 3,
    ...chosen,
    leader: 'm-1',
    memberId: 'm-1',
    members: [{ memberId: 'm-1', groupInstanceId: null, metadata: Buffer.from(subscription, 'hex') }],
  },
  '0000000000000000000309636f6e73756d65720672616e6765046d2d31046d2d3102046d2d31001300000000000100066f7264657273ffffffff0000',
);
bytesOf(
  'JoinGroup answers with a member id',
  joinGroupApi.response,
  {
    throttleTimeMs: 0,
    errorCode: 79,
    generationId: -1,
    protocolType: null,
    protocolName: null,
    leader: '',
    memberId: 'm-1',
    members: [],
  },
  '00000000004fffffffff000001046d2d310100',
);
bytesOf(
  'SyncGroup hands out assignments',
  syncGroupApi.request,
  { ...member, ...chosen, assignments: [{ memberId: 'm-1', assignment: Buffer.from(assignment, 'hex') }] },
  '0862696c6c696e6700000003046d2d310009636f6e73756d65720672616e676502046d2d311f00000000000100066f7264657273000000020000000000000003ffffffff0000',
);
bytesOf(
  'SyncGroup answers with an assignment',
  syncGroupApi.response,
  { throttleTimeMs: 0, errorCode: 0, ...chosen, assignment: Buffer.from(assignment, 'hex') },
  '00000000000009636f6e73756d65720672616e67651f00000000000100066f7264657273000000020000000000000003ffffffff00',
);
bytesOf('Heartbeat asks', heartbeatApi.request, member, '0862696c6c696e6700000003046d2d310000');
bytesOf(
  'Heartbeat answers that the group is formed anew',
  heartbeatApi.response,
  { throttleTimeMs: 0, errorCode: 27 },
  '00000000001b00',
);
bytesOf(
  'LeaveGroup asks',
  leaveGroupApi.request,
  { groupId: 'billing', members: [{ memberId: 'm-1', groupInstanceId: null }] },
  '0862696c6c696e6702046d2d31000000',
);
bytesOf(
  'LeaveGroup answers',
  leaveGroupApi.response,
  { throttleTimeMs: 0, errorCode: 0, members: [{ memberId: 'm-1', groupInstanceId: '', errorCode: 0 }] },
  '00000000000002046d2d310100000000',
);
bytesOf(
  'OffsetCommit asks',
  offsetCommitApi.request,
  {
    ...member,
    topics: [
      {
        name: 'orders',
        partitions: [{ index: 3, committedOffset: 1_234_567_890_123, committedLeaderEpoch: 7, metadata: '' }],
      },
    ],
  },
  '0862696c6c696e6700000003046d2d310002076f726465727302000000030000011f71fb04cb0000000701000000',
);
bytesOf(
  'OffsetCommit answers with an error of a partition',
  offsetCommitApi.response,
  { throttleTimeMs: 0, topics: [{ name: 'orders', partitions: [{ index: 3, errorCode: 16 }] }] },
  '0000000002076f726465727302000000030010000000',
);
bytesOf('DeleteGroups asks', deleteGroupsApi.request, { groups: ['billing'] }, '020862696c6c696e6700');
bytesOf(
  'DeleteGroups answers',
  deleteGroupsApi.response,
  { throttleTimeMs: 0, results: [{ groupId: 'billing', errorCode: 0 }] },
  '00000000020862696c6c696e6700000000',
);
