// eslint-disable-next-line no-restricted-imports -- The one place.
import { info } from '@actions/core';
import { plainLine } from './plain-line.ts';

/** Writes to the log what may hold text of somebody else's. */
export function say(text: string): void {
  info(plainLine(text));
}
