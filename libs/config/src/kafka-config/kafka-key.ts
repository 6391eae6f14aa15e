/** A Kafka setting as its own tables describe it; a list's words are each one of `oneOf`. */
export type TopicKey = {
  type: 'boolean' | 'class' | 'double' | 'int' | 'list' | 'long' | 'password' | 'short' | 'string';
  min?: number;
  max?: number;
  oneOf?: readonly string[];
};

/** How a broker takes a new value: `read-only` needs a restart. */
export type BrokerKey = TopicKey & { update: 'read-only' | 'per-broker' | 'cluster-wide' };

/** What a release changed. `set`: the settings that are new in it, or that it describes differently. */
export type KeyChanges<Key> = {
  release: string;
  removed: readonly string[];
  set: Readonly<Record<string, Key>>;
};
