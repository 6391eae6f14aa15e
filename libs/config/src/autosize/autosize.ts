import { checkClusterFile, type CheckOptions } from '../check-cluster-file.ts';
import { editClusterFile, type Edit } from '../edit/edit-cluster-file.ts';
import { parseClusterFile } from '../parse-cluster-file.ts';
import type { Spec } from '../spec.ts';
import type { Proposal, Propose } from './proposal.ts';
import { proposeCpu } from './propose-cpu.ts';
import { proposeForRate } from './propose-for-rate.ts';
import { proposeMemory } from './propose-memory.ts';
import { proposeRetention } from './propose-retention.ts';
import type { Usage } from './usage.ts';

/** At most one edit for each value; a value that was raised twice has a reason for each. */
export type NewSizes = Proposal;

/** Each on what those before it have proposed: brokers take load from each other, and a larger volume keeps records longer. */
const proposers: readonly Propose[] = [proposeForRate, proposeCpu, proposeMemory, proposeRetention];

/**
 * The sizes that a cluster file should have instead, by its own rule of sizing and what was measured. Sizes only grow, and
 * the file with them has been proven and sized again: a proposal with which it would be refused is a remark. None where the
 * file fits.
 *
 * @throws KafkaHaError `invalid-cluster-file` or `promise-broken` where the file is refused as it is.
 */
export function autosize(text: string, options: CheckOptions, usage: Usage): NewSizes {
  const { spec } = parseClusterFile(text, options);
  const start: Draft = { text, spec, edits: [], reasons: [], remarks: [] };
  const { edits, reasons, remarks } = proposers.reduce(
    (draft, propose) => withProposal(draft, propose(draft.spec, usage, spec), options),
    start,
  );
  return { edits, reasons, remarks };
}

type Draft = Proposal & { text: string; spec: Spec };

function withProposal(draft: Draft, proposal: Proposal, options: CheckOptions): Draft {
  const told = { ...draft, remarks: [...draft.remarks, ...proposal.remarks] };
  if (proposal.edits.length === 0) return told;
  const text = editClusterFile(draft.text, proposal.edits, options.environment);
  const result = checkClusterFile(text, options);
  if (result.kind === 'refused') {
    const why = result.problems[0]?.message ?? result.code;
    const remarks = proposal.reasons.map((reason) => `${reason}. But the file would be refused: ${why}`);
    return { ...told, remarks: [...told.remarks, ...remarks] };
  }
  return {
    ...told,
    text,
    spec: result.spec,
    edits: merged([...draft.edits, ...proposal.edits]),
    reasons: [...draft.reasons, ...proposal.reasons],
  };
}

/** Of the same value the last one counts. */
function merged(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [edit.path.join('.'), edit])).values()];
}
