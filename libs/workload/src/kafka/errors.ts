import { errorCodes } from 'kafkajs/src/protocol/error.js';

/** Kafka's name for an error code. */
export function errorName(code: number): string {
  return errorCodes.find((error) => error.code === code)?.type ?? `ERROR_${code}`;
}

export function isRetriable(code: number): boolean {
  return errorCodes.find((error) => error.code === code)?.retriable ?? false;
}

/**
 * Whether a write that was refused with this code is surely not stored. Few are: even NOT_LEADER_FOR_PARTITION may come
 * after the append, when the leader changed while the write waited for its replicas.
 */
export function isRefusedBeforeAppend(code: number): boolean {
  return refusedBeforeAppend.has(code);
}

const refusedBeforeAppend = new Set([
  10, // MESSAGE_TOO_LARGE
  17, // INVALID_TOPIC_EXCEPTION
  18, // RECORD_LIST_TOO_LARGE
  19, // NOT_ENOUGH_REPLICAS
  21, // INVALID_REQUIRED_ACKS
  29, // TOPIC_AUTHORIZATION_FAILED
  31, // CLUSTER_AUTHORIZATION_FAILED
  32, // INVALID_TIMESTAMP
  45, // OUT_OF_ORDER_SEQUENCE_NUMBER
  47, // INVALID_PRODUCER_EPOCH
  59, // UNKNOWN_PRODUCER_ID
  87, // INVALID_RECORD
]);
