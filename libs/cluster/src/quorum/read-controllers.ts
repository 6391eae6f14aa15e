import type { QuorumServer } from '@kafka-ha/health';
import { controllerId, ordinals } from '@kafka-ha/manifests';
import type { Cluster } from '../cluster.ts';
import { activeView, askControllers, behindMs, isCaughtUp, type ControllerWord } from './ask-controllers.ts';
import { withNodes } from './kraft-nodes.ts';
import type { ReadServersOptions } from './quorum-port.ts';

const usualAnswerWithinMs = 5_000;

/** Each controller's own word on itself, and of the active one who has all; one that gives none is unreachable, with the reason. */
export async function readControllers(
  cluster: Cluster,
  {
    ordinals: asked = ordinals(cluster.spec.controllers.servers),
    answerWithinMs = usualAnswerWithinMs,
  }: ReadServersOptions = {},
): Promise<QuorumServer[]> {
  return serversOf(await withNodes(cluster, answerWithinMs, (nodes) => askControllers(nodes, asked)));
}

/** What the words of several controllers come to. */
export function serversOf(words: readonly ControllerWord[]): QuorumServer[] {
  const view = activeView(words);
  return words.map((word): QuorumServer => {
    const { ordinal } = word;
    switch (word.kind) {
      case 'silent':
        return { ordinal, mode: 'unreachable', reason: word.reason };
      case 'starting':
        return { ordinal, mode: 'looking', reason: `it answers ${word.reason}` };
      case 'passive': {
        if (word.activeId === null)
          return { ordinal, mode: 'looking', reason: 'it knows of no active controller' };
        const behind = view && behindMs(view, controllerId(ordinal));
        return { ordinal, mode: 'follower', ...(behind === undefined ? {} : { behindMs: behind }) };
      }
      case 'active': {
        if (word.view !== view)
          return {
            ordinal,
            mode: 'looking',
            reason: 'it was the active controller, and no majority follows it',
          };
        const followers = view.currentVoters.filter(({ replicaId }) => replicaId !== view.leaderId);
        const synced = followers.filter(({ replicaId }) => isCaughtUp(view, replicaId));
        return { ordinal, mode: 'leader', syncedFollowers: synced.length };
      }
    }
  });
}
