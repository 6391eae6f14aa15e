import { plainText } from './plain-text.ts';

/** Bytes of somebody else's as they are; for a terminal as text that does nothing to it. Null is nothing. */
export function bytesFor({ isTTY }: { isTTY?: boolean }, bytes: Buffer | null): Buffer | string {
  if (bytes === null) return '';
  return isTTY === true ? plainText(bytes.toString()) : bytes;
}
