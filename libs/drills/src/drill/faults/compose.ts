import type { Victim } from '@kafka-ha/history';
import type { FaultScene } from '@kafka-ha/planning';
import { allOf } from './all-of.ts';
import type { Fault, Hands } from './fault.ts';

export type Strike = Fault['strike'];

export const one =
  (choose: (scene: FaultScene) => Victim): Fault['choose'] =>
  (scene) => [choose(scene)];

/** All victims at the same moment. */
export const each =
  (act: (victim: Victim, hands: Hands) => Promise<void>): Strike =>
  async (victims, hands) => {
    await allOf(victims.map((victim) => act(victim, hands)));
  };
