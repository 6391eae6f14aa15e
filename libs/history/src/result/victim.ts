import type { Component } from '@kafka-ha/manifests';

/** A pod that a fault has hit. */
export type Victim = { component: Component; pod: string; node: string; ordinal: number };
