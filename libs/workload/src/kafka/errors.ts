import { RETRIABLE } from '@kafka-ha/kafka-protocol';

/** As the Java client has it, of what a write that belongs to no transaction may be refused with. */
export function isRetriable(code: number): boolean {
  return RETRIABLE.has(code) || code === corruptMessage;
}

/** On the way: the broker looks at the checksum. */
const corruptMessage = 2;

/**
 * Whether a write that was refused with this code is surely not stored. Few are: even NOT_LEADER_OR_FOLLOWER may come
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
