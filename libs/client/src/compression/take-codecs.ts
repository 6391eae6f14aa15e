import * as zlib from 'node:zlib';
import { KafkaHaError } from '@kafka-ha/base';
import kafkajs from 'kafkajs';
import { lz4Decompressed } from './lz4.ts';
import { snappyDecompressed } from './snappy.ts';

/** Lets kafkajs read what producers compress: by itself it knows gzip alone. Node has zstd from 22.15 on. */
export function takeCodecs(): void {
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  const { zstdDecompressSync } = zlib as Partial<typeof zlib>;
  codecs[types.Snappy] = () => reading(snappyDecompressed);
  codecs[types.LZ4] = () => reading(lz4Decompressed);
  if (zstdDecompressSync !== undefined)
    codecs[types.ZSTD] = () => reading((bytes) => zstdDecompressSync(bytes));
}

function reading(decompressed: (bytes: Buffer) => Buffer) {
  return {
    compress: async (): Promise<Buffer> => {
      throw new KafkaHaError('internal', 'nothing is written compressed');
    },
    decompress: async (bytes: Buffer) => decompressed(bytes),
  };
}
