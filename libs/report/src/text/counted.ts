import { count } from '@kafka-ha/base';

/** `1 record`, `12,400 records`, `no record`. */
export function counted(value: number, singular: string, plural?: string): string {
  return value === 0 ? `no ${singular}` : count(value, singular, plural);
}
