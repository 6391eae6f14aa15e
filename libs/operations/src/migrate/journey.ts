import type { Told } from '@kafka-ha/base';
import type { Mode } from '@kafka-ha/config';
import type { FencedCluster } from '@kafka-ha/cluster';
import type { MetadataImage, Stage } from '@kafka-ha/planning';
import type { RollData } from '../roll/roll-component.ts';

/** What the steps of a migration share. */
export type Journey = {
  /** Where this run began. */
  from: Stage;
  /** The cluster as it is to be in a mode; its signal fires also when somebody stops the operation. */
  inMode: (mode: Mode) => FencedCluster;
  /** The file of the backup. */
  backup: string;
  /** Fires only when the lock is lost: what is begun and must not be left half done heeds that alone. */
  stopNow: AbortSignal;
  /** What an earlier step of this run has found, for a later one. */
  found: { image?: MetadataImage };
};

/** A step's work: tells of itself, and returns what it has done. Safe to run again. */
export type Work = (journey: Journey) => AsyncGenerator<Told<RollData>, string>;
