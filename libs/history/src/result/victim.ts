import type { Component } from '@kafka-ha/health';

/** A pod that a fault has hit. */
export type Victim = { component: Component; pod: string; node: string; ordinal: number };
