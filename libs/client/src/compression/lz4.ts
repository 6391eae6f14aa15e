import { Output } from './output.ts';

const MAGIC = 0x184d2204;
const UNCOMPRESSED = 0x8000_0000;

/**
 * What an LZ4 frame holds (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md). Its checksums are not looked at: the
 * batch around it has one. Written here for reading alone, as the packages for it (lz4js, lz4) are left alone since 2018 or native.
 *
 * @throws RangeError for bytes that are none.
 */
export function lz4Decompressed(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new RangeError('not an LZ4 frame');
  const flags = bytes.readUInt8(4);
  const has = (bit: number) => (flags & bit) !== 0;
  const output = new Output(bytes.length * 4);
  // Flags, block size, checksum, and what else the flags announce: the size of the content, the id of a dictionary.
  let at = 4 + 3 + (has(0x08) ? 8 : 0) + (has(0x01) ? 4 : 0);
  for (;;) {
    const size = bytes.readUInt32LE(at);
    at += 4;
    if (size === 0) return output.bytes();
    const end = at + (size & ~UNCOMPRESSED);
    if (end > bytes.length) throw new RangeError('an LZ4 block is cut off');
    if (size >= UNCOMPRESSED) output.put(bytes.subarray(at, end));
    else readBlock(bytes.subarray(at, end), output);
    at = end + (has(0x10) ? 4 : 0);
  }
}

/** Sequences of some bytes as they are and a copy of earlier ones; the last has no copy. */
function readBlock(block: Buffer, output: Output): void {
  let at = 0;
  const length = (nibble: number) => {
    let sum = nibble;
    if (nibble === 15) {
      let more: number;
      do {
        more = block.readUInt8(at++);
        sum += more;
      } while (more === 255);
    }
    return sum;
  };
  while (at < block.length) {
    const token = block.readUInt8(at++);
    const literals = length(token >> 4);
    if (at + literals > block.length) throw new RangeError('an LZ4 block is cut off');
    output.put(block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    const distance = block.readUInt16LE(at);
    at += 2;
    output.repeat(distance, length(token & 15) + 4);
  }
}
