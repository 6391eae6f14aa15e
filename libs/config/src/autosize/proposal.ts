import type { Edit } from '../edit/edit-cluster-file.ts';
import type { Spec } from '../spec.ts';
import type { Usage } from './usage.ts';

export type Proposal = {
  edits: Edit[];
  /** For each edit why, as a sentence that begins with it. */
  reasons: string[];
  /** What was seen and no size in the file is the answer to. */
  remarks: string[];
};

/** `spec` has what was proposed before; `before` is what was measured. */
export type Propose = (spec: Spec, usage: Usage, before: Spec) => Proposal;

export function noProposal(): Proposal {
  return { edits: [], reasons: [], remarks: [] };
}

/** A size is raised when so much of it is used, to one of which so much is. */
export const usedShare = { most: 0.8, afterwards: 0.6 };

/** Twice the rate needs about twice the volume; what needs more than this times a size is for a person to decide. */
export const mostTimes = 8;

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
