import { isUtf8 } from 'node:buffer';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { ReadRecord } from './consume.ts';
import type { NewRecord } from './produce.ts';

/** Text as it is, anything else as `{"base64": "…"}`. */
type JsonBytes = string | { base64: string } | null;

/** A record as one line of JSON. `recordOfJson` takes it back. */
export function jsonOfRecord({ partition, offset, timestamp, key, value, headers }: ReadRecord): string {
  return JSON.stringify({
    partition,
    offset,
    timestamp: new Date(timestamp).toISOString(),
    key: jsonOf(key),
    value: jsonOf(value),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, bytes]) => [
        name,
        Array.isArray(bytes) ? bytes.map(jsonOf) : jsonOf(bytes),
      ]),
    ),
  });
}

/**
 * A record from a line such as `{"key": "user-7", "value": "signed up", "headers": {"source": "web"}}`. Other keys than
 * these three do not matter.
 *
 * @throws KafkaHaError `invalid-usage`
 */
export function recordOfJson(line: string): NewRecord {
  const { key = null, value, headers = {} } = objectIn(line);
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers))
    throw refused('"headers" takes an object', line);
  return {
    key: bytesOf('"key"', key, line),
    value: bytesOf('"value"', value, line),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, header]: [string, unknown]) => {
        const of = (each: unknown) => bytesOf(`header "${name}"`, each, line) ?? '';
        return [name, Array.isArray(header) ? header.map(of) : of(header)];
      }),
    ),
  };
}

function jsonOf(bytes: Buffer | null): JsonBytes {
  if (bytes === null) return null;
  return isUtf8(bytes) ? bytes.toString() : { base64: bytes.toString('base64') };
}

function objectIn(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw refused(messageOf(error), line);
  }
  if (typeof value !== 'object' || value === null || !('value' in value))
    throw refused('a record is an object with a "value"', line);
  return { ...value };
}

function bytesOf(what: string, json: unknown, line: string): Buffer | string | null {
  if (json === null || typeof json === 'string') return json;
  const { base64 } = Object(json) as { base64?: unknown };
  if (typeof base64 === 'string') return Buffer.from(base64, 'base64');
  throw refused(`${what} takes a string, null or {"base64": "…"}`, line);
}

function refused(why: string, line: string): KafkaHaError {
  const shown = line.length > 80 ? `${line.slice(0, 80)}…` : line;
  return new KafkaHaError('invalid-usage', `this line is no record: ${shown}`, {
    details: [why],
    hint: 'With --json a line is such as {"key": "user-7", "value": "signed up", "headers": {"source": "web"}}. Text that is JSON itself goes in as a string: jq -c \'{value: tostring}\'.',
  });
}
