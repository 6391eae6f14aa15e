import { bytesOf } from '../testing/bytes-of.ts';
import { listOffsetsApi } from './list-offsets.ts';

bytesOf(
  'ListOffsets asks for the end of a partition',
  listOffsetsApi.request,
  {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name: 'orders', partitions: [{ index: 3, timestamp: -1 }] }],
  },
  'ffffffff000000000100066f72646572730000000100000003ffffffffffffffff',
);
bytesOf(
  'ListOffsets answers with an offset',
  listOffsetsApi.response,
  {
    throttleTimeMs: 0,
    topics: [
      {
        name: 'orders',
        partitions: [{ index: 3, errorCode: 0, timestamp: -1, offset: 1_234_567_890_123 }],
      },
    ],
  },
  '000000000000000100066f726465727300000001000000030000ffffffffffffffff0000011f71fb04cb',
);
