import { messageOf } from '@kafka-ha/base';
import { orAborted } from '../or-aborted.ts';
import type { Write } from '../writer.ts';
import type { Jvm } from './jvm.ts';

/**
 * Writes through Java's producer, a record a call. What it does not acknowledge may be stored all the same: it does not say which
 * of its attempts reached a broker.
 */
export function writeWith(jvm: Pick<Jvm, 'ask'>): Write {
  return async (partition, [value, ...others], signal) => {
    if (value === undefined || others.length > 0) throw new Error('Java’s producer takes a record a call');
    try {
      const [offset] = await orAborted(jvm.ask('send', partition, value.toString('base64')), signal);
      return { kind: 'acked', offset: Number(offset) };
    } catch (error) {
      return { kind: 'unknown', error: messageOf(error) };
    }
  };
}
