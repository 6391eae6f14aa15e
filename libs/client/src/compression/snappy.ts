import { Output } from './output.ts';

/** Of snappy-java's streams, which the Java client writes; librdkafka writes one block as it is. */
const STREAM = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0]);
/** The magic, and two versions of four bytes. */
const STREAM_HEAD_BYTES = 16;

/**
 * What snappy has compressed (https://github.com/google/snappy/blob/main/format_description.txt). Written here for reading alone:
 * the package for it (snappyjs) does not know the streams of the Java client.
 *
 * @throws RangeError for bytes that are none.
 */
export function snappyDecompressed(bytes: Buffer): Buffer {
  const output = new Output(bytes.length * 4);
  if (!bytes.subarray(0, STREAM.length).equals(STREAM)) {
    readBlock(bytes, output);
    return output.bytes();
  }
  for (let at = STREAM_HEAD_BYTES; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new RangeError('a snappy block is cut off');
    readBlock(bytes.subarray(at + 4, end), output);
    at = end;
  }
  return output.bytes();
}

function readBlock(block: Buffer, output: Output): void {
  let at = 0;
  // How long it will be, which need not be known: seven bits a byte.
  while (block.readUInt8(at++) >= 0x80);
  while (at < block.length) {
    const tag = block.readUInt8(at++);
    switch (tag & 3) {
      case 0: {
        const extra = Math.max(0, (tag >> 2) - 59);
        const length = (extra === 0 ? tag >> 2 : block.readUIntLE(at, extra)) + 1;
        at += extra;
        if (at + length > block.length) throw new RangeError('a snappy block is cut off');
        output.put(block.subarray(at, at + length));
        at += length;
        break;
      }
      case 1:
        output.repeat(((tag >> 5) << 8) | block.readUInt8(at), ((tag >> 2) & 7) + 4);
        at += 1;
        break;
      case 2:
        output.repeat(block.readUInt16LE(at), (tag >> 2) + 1);
        at += 2;
        break;
      default:
        output.repeat(block.readUInt32LE(at), (tag >> 2) + 1);
        at += 4;
    }
  }
}
