import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { lz4Decompressed } from './lz4.ts';
import { snappyDecompressed } from './snappy.ts';
import { takeCodecs } from './take-codecs.ts';

const events = Array.from(
  { length: 60 },
  (_, index) => `{"user":${(index * 7) % 40},"event":"page viewed","path":"/orders/${index % 9}"}\n`,
).join('');
const noise = createHash('sha512').update('noise').digest();

/** By the programs that everybody uses: `lz4 -B4 -BI --no-frame-crc` (1.9.4), snappy-java 1.1.10.7's SnappyOutputStream with blocks of 1024 bytes. */
const compressed: [by: string, what: string, text: string | Buffer, base64: string][] = [
  [
    'lz4',
    'events',
    events,
    'BCJNGGBAggcCAAD0JXsidXNlciI6MCwiZXZlbnQiOiJwYWdlIHZpZXdlZCIsInBhdGgiOiIvb3JkZXJzLzAifQo0AB83NAAUFzE0AC8xNDUAFBcyNQAvMjE1ABQYMzUAHzg1ABQXNDUALzM1NQAUFzU1AB8yNAAUFzY0AB85NAAUFzc0AC8xNjUAFBc4NQAvMjM1ABQI2gEfMw8CFQjbAR8zEAIVCNsBDw8CFQjaAR8xDwIVCNoBHzEPAhUJ2gEPDwIVCNsBHzMQAhUI3AEfMxECFQjcAQ8QAhUI2wEfMRACFQjbAR8yEAIVCNsBHzIQAhUI3AEfMxECFQncAQ/jAhQI2wEPDwIVCNoBHzEPAhUI2gEfMg8CFQjaAR8yDwIVCNsBHzMQAhUI2wEPDwIVCNoBHzEPAhUI2gEfMQ8CFQjaAR8yDwIVCNsBHzMgBBUI3AEfMxECFQjcAQ8QAhUI2wEfMRACFQjbAR8xEAIVCNsBHzIQAhUI3AEfMxECFQjcAQ8QAhUI2wEPDwIVCNoBDz4IFgjaAQ8+CBYI2gEfMg8CFQjbAQ8+CBYI2wEPDwIVCNoBDw4CFQjZAQ8+CBYI2QEfMg4CFQjaAQ8+CBYI2wEPPggWCNsBDx4EFQjaAQ8+CBYI2gEPPggWCdoBDx8EFQjbAQ8+CBYI3AEPPggWCNwBDx4EFQjbAQ8+CBVQLzUifQoAAAAA',
  ],
  [
    'snappy',
    'events',
    events,
    'glNOQVBQWQAAAAABAAAAAQAAAOOACNB7InVzZXIiOjAsImV2ZW50IjoicGFnZSB2aWV3ZWQiLCJwYXRoIjoiL29yZGVycy8wIn0Kew00ADeaNAAAMR00BDE0mjUAADIdNQQyMZo1AAAzLjUAADiaNQAANB01BDM1mjUAADUdNQAymjQAADYdNAA5mjQAADcdNAQxNpo1AAA4HTUEMjOaNQAAMB01ADOeDwIu2wEAM54QAi7bAZ4PAi7aAQAxng8CLtoBADGeDwIy2gGeDwIu2wEAM54QAi7cAQAznhECLtwBnhACLtsBODEzLCJldmVudCI6InBhZwAAANiACNBlIHZpZXdlZCIsInBhdGgiOiIvb3JkZXJzLzEifQp7InVzZXIiOjIwLCJldmVudCI6InBhZ2Y1AAAyLjUABDcsljUAADMdNQQzNJo1AAA0HTUAMZo0AAA1HTQAOJo0AAA2HTQEMTWaNQAANx01BDIymjUAADguNQAAOZo1AAAwHTUEMzaaNQAAMS41AJo0AC7aAQAxng8CLtoBADGeDwIu2gEAMp4PAi7bAQAznhACLtwBADOeEQIu3AGeEAIu2wEAMZ4QAi7bAQAxnhACLtsBADKKEAIAAADcgAjQZGVycy8yIn0KeyJ1c2VyIjozMywiZXZlbnQiOiJwYWdlIHZpZXdlZCIsInBhdGgiOiIvb3IFNQAzHTUAMJo0AAA0HTQAN5o0AAA1HTQEMTSaNQAANh01BDIxmjUAADcuNQAAOJo1AAA4HTUEMzWaNQAAMB01ADKaNAAAMR00ADmaNAAu2QEEMTaaNQAu2QEAMp4OAi7aAQAzng8CLtsBADOeEAIu2wGeDwIu2gEAMZ4PAi7aAQAxng8CMtoBng8CLtsBADOeEAIu3AEAM54RAi7cARA2LCJldgAAAD9c0GVudCI6InBhZ2Ugdmlld2VkIiwicGF0aCI6Ii9vcmRlcnMvNCJ9CnsidXNlciI6MTMsImV2ijUADDUifQo=',
  ],
  [
    'lz4',
    'what cannot be compressed',
    noise,
    'BCJNGGBAgkAAAIBjlTb+MFW6HH5qX8UyGfYcxlYLIEXTbvpS2l6FR1GJgFRa8vott6W1xCLYgtC9jv+1soix1v4DiSU+x4Y7zhE+AAAAAA==',
  ],
  [
    'snappy',
    'what cannot be compressed',
    noise,
    'glNOQVBQWQAAAAABAAAAAQAAAENA8D9jlTb+MFW6HH5qX8UyGfYcxlYLIEXTbvpS2l6FR1GJgFRa8vott6W1xCLYgtC9jv+1soix1v4DiSU+x4Y7zhE+',
  ],
  ['lz4', 'a run', 'a'.repeat(300), 'BCJNGGBAggwAAAAfYQEA/xRQYWFhYWEAAAAA'],
  ['snappy', 'a run', 'a'.repeat(300), 'glNOQVBQWQAAAAABAAAAAQAAABOsAgBh/gEA/gEA/gEA/gEAqgEA'],
];

describe('decompress', () => {
  test.each(compressed)('%s is read: %s', (by, _, text, base64) => {
    const decompressed = by === 'lz4' ? lz4Decompressed : snappyDecompressed;
    expect(
      decompressed(Buffer.from(base64, 'base64')).equals(typeof text === 'string' ? Buffer.from(text) : text),
    ).toBe(true);
  });

  test("a block that is no stream of snappy-java's, as librdkafka writes it, is read", () => {
    expect(snappyDecompressed(Buffer.from([5, 0x10, ...Buffer.from('hello')])).toString()).toBe('hello');
  });

  test.each(compressed)('%s that is cut off is refused: %s', (by, _, __, base64) => {
    const decompressed = by === 'lz4' ? lz4Decompressed : snappyDecompressed;
    const bytes = Buffer.from(base64, 'base64');
    expect(() => decompressed(bytes.subarray(0, bytes.length - 5))).toThrow(RangeError);
  });

  test('a copy of what is not there is refused', () => {
    expect(() => snappyDecompressed(Buffer.from([8, 0x0d, 1]))).toThrow('a copy of what is not there');
  });

  test('kafkajs reads what is compressed with either', async () => {
    takeCodecs();
    const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
    for (const [by, what, , base64] of compressed) {
      if (what !== 'events') continue;
      const codecOf = codecs[by === 'lz4' ? types.LZ4 : types.Snappy] as () => {
        decompress: (bytes: Buffer) => Promise<Buffer>;
      };
      expect(String(await codecOf().decompress(Buffer.from(base64, 'base64')))).toBe(events);
    }
  });
});
