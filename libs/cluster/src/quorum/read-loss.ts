import { count } from '@kafka-ha/base';
import { controllerId, ordinals } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import {
  activeView,
  askControllers,
  isCaughtUp,
  type ControllerWord,
  type QuorumView,
} from './ask-controllers.ts';
import { withNodes } from './kraft-nodes.ts';

const answerWithinMs = 5_000;

/** A controller as the others see it, whose volume may be lost. */
export type ControllerLoss = {
  /** It answers, whatever it is: so its volume is formatted. */
  answers: boolean;
  /** It has all that the active controller has, or is that one. */
  isWhole: boolean;
  /** Why the others alone may lack something that was decided, as a sentence part; undefined: they lack nothing. */
  othersLack: string | undefined;
};

/** Asks every controller, and tells of one of them and of the others without it. */
export async function readControllerLoss(cluster: Cluster, ordinal: number): Promise<ControllerLoss> {
  const all = ordinals(cluster.spec.controllers.servers);
  return lossIn(await withNodes(cluster, answerWithinMs, (nodes) => askControllers(nodes, all)), ordinal);
}

/** What the words of several controllers come to, for one of them. */
export function lossIn(words: readonly ControllerWord[], ordinal: number): ControllerLoss {
  const view = activeView(words);
  const id = controllerId(ordinal);
  const answers = words.some((word) => word.ordinal === ordinal && word.kind !== 'silent');
  return {
    answers,
    isWhole: answers && view !== undefined && isCaughtUp(view, id),
    othersLack: view === undefined ? 'no controller is active' : othersLack(view, id),
  };
}

/**
 * Whatever is decided is on a majority of the voters, of which this one may have been. So a majority must be whole without it: then
 * every later majority has one of them, who votes for nobody that has less. What is decided from now on needs them, too, and what
 * they hold they keep: this does not become untrue with time, unless another volume is lost.
 */
function othersLack(view: QuorumView, id: number): string | undefined {
  const { currentVoters: voters, highWatermark } = view;
  const whole = voters.filter(
    ({ replicaId, logEndOffset }) =>
      replicaId !== id && logEndOffset >= highWatermark && isCaughtUp(view, replicaId),
  );
  const needed = Math.floor(voters.length / 2) + 1;
  if (whole.length >= needed) return undefined;
  return `of the other ${count(voters.length - 1, 'controller')} ${whole.length} have all that the active one has, and ${needed} must`;
}
