import { messageOf } from '@kafka-ha/base';
import type { Reading } from '@kafka-ha/health';

/** What could be read, or why not. */
export async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { kind: 'read', value: await read() };
  } catch (error) {
    return { kind: 'unreadable', reason: messageOf(error) };
  }
}
