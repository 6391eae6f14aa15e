import { bytesOf } from '../testing/bytes-of.ts';
import { fetchApi } from './fetch.ts';
import { produceApi } from './produce.ts';

bytesOf(
  'Produce asks with acks=all',
  produceApi.request,
  {
    transactionalId: null,
    acks: -1,
    timeoutMs: 5000,
    topics: [
      {
        name: 'orders',
        partitions: [
          {
            index: 0,
            records: Buffer.from(
              '00000000000000000000007dffffffff02e9ea31fd0000000000010000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000024a000000012072756e2d31206f72646572732d30203002106b61666b612d68610a70726f62654a000002012072756e2d31206f72646572732d30203102106b61666b612d68610a70726f6265',
              'hex',
            ),
          },
        ],
      },
    ],
  },
  'ffffffff000013880000000100066f726465727300000001000000000000008900000000000000000000007dffffffff02e9ea31fd0000000000010000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000024a000000012072756e2d31206f72646572732d30203002106b61666b612d68610a70726f62654a000002012072756e2d31206f72646572732d30203102106b61666b612d68610a70726f6265',
);
bytesOf(
  'Produce answers with the reason of a refusal',
  produceApi.response,
  {
    topics: [
      {
        name: 'orders',
        partitions: [
          {
            index: 0,
            errorCode: 87,
            baseOffset: -1,
            logAppendTimeMs: -1,
            logStartOffset: -1,
            recordErrors: [{ batchIndex: 0, message: 'no key' }],
            errorMessage: 'One or more records have been rejected',
          },
        ],
      },
    ],
    throttleTimeMs: 0,
  },
  '0000000100066f726465727300000001000000000057ffffffffffffffffffffffffffffffffffffffffffffffff000000010000000000066e6f206b657900264f6e65206f72206d6f7265207265636f7264732068617665206265656e2072656a656374656400000000',
);
bytesOf(
  'Fetch asks',
  fetchApi.request,
  {
    replicaId: -1,
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: 1048576,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [
      {
        name: 'orders',
        partitions: [
          { index: 0, currentLeaderEpoch: -1, fetchOffset: 17, logStartOffset: -1, maxBytes: 1048576 },
        ],
      },
    ],
    forgotten: [],
    rackId: '',
  },
  'ffffffff000001f400000001001000000000000000ffffffff0000000100066f72646572730000000100000000ffffffff0000000000000011ffffffffffffffff00100000000000000000',
);
bytesOf(
  'Fetch answers',
  fetchApi.response,
  {
    throttleTimeMs: 0,
    errorCode: 0,
    sessionId: 0,
    topics: [
      {
        name: 'orders',
        partitions: [
          {
            index: 0,
            errorCode: 0,
            highWatermark: 19,
            lastStableOffset: 19,
            logStartOffset: 2,
            abortedTransactions: null,
            preferredReadReplica: -1,
            records: Buffer.from(
              '00000000000000000000007dffffffff02e9ea31fd0000000000010000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000024a000000012072756e2d31206f72646572732d30203002106b61666b612d68610a70726f62654a000002012072756e2d31206f72646572732d30203102106b61666b612d68610a70726f6265',
              'hex',
            ),
          },
        ],
      },
    ],
  },
  '000000000000000000000000000100066f726465727300000001000000000000000000000000001300000000000000130000000000000002ffffffffffffffff0000008900000000000000000000007dffffffff02e9ea31fd0000000000010000019ab697e8000000019ab697e800ffffffffffffffffffffffffffff000000024a000000012072756e2d31206f72646572732d30203002106b61666b612d68610a70726f62654a000002012072756e2d31206f72646572732d30203102106b61666b612d68610a70726f6265',
);
