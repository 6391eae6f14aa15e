import { crc32 } from 'node:zlib';

/** What identifies a record, over all runs. */
export type RecordId = { run: string; partition: number; seq: number };

/** `<checksum of the rest, hex> <run> <partition> <seq> <filler>`, at least as long as it must be. */
export function encodePayload({ run, partition, seq }: RecordId, bytes: number): Buffer {
  const rest = `${run} ${partition} ${seq} `.padEnd(bytes - checksumLength, filler);
  return Buffer.from(checksum(rest) + rest, 'latin1');
}

/** Null where the checksum does not match, or the record is none of ours. */
export function decodePayload(value: Buffer | null): RecordId | null {
  const text = value?.toString('latin1') ?? '';
  const rest = text.slice(checksumLength);
  if (text.slice(0, checksumLength) !== checksum(rest)) return null;
  const [run = '', partition, seq] = rest.split(' ');
  const id = { run, partition: Number(partition), seq: Number(seq) };
  return Number.isInteger(id.partition) && Number.isInteger(id.seq) ? id : null;
}

const checksumLength = 9;
const filler = '0123456789abcdefghijklmnopqrstuvwxyz';

function checksum(rest: string): string {
  return `${crc32(rest).toString(16).padStart(8, '0')} `;
}
