import { count, grouped } from '@kafka-ha/base';
import { anomalyKinds } from '@kafka-ha/history';
import { counted } from '../text/numbers.ts';
import { objectiveNames } from './checks.ts';
import type { ReportedDrill } from './reported-drill.ts';

/** One kind of thing that must not happen, and the first of them by name. */
export type AnomalyList = {
  title: string;
  count: number;
  examples: readonly { where: string; detail: string }[];
};

/** What was found, in the checker's order; kinds without a find are left out. */
export function anomalyLists({ anomalies, replicas }: ReportedDrill): AnomalyList[] {
  const found = anomalyKinds.flatMap((kind): AnomalyList[] => {
    const { count: found = 0, examples = [] } = anomalies?.[kind] ?? {};
    if (found === 0) return [];
    return [
      {
        title: objectiveNames[kind],
        count: found,
        examples: examples.map(({ partition, record, offset, detail }) => ({
          where: [
            record === undefined ? `partition ${partition}` : `record ${record}`,
            ...(offset === undefined ? [] : [`offset ${offset}`]),
          ].join(', '),
          detail,
        })),
      },
    ];
  });
  return [...found, ...divergences(replicas), ...lacking(replicas)];
}

function divergences(replicas: ReportedDrill['replicas']): AnomalyList[] {
  const examples = [
    ...(replicas?.diverged ?? []).map(({ partition, offset, holds }) => ({
      where: `${partition}, offset ${offset}`,
      detail: Object.entries(holds)
        .map(([broker, held]) => `${broker} holds ${held}`)
        .join('; '),
    })),
    ...(replicas?.corrupt ?? []).map(({ partition, broker, baseOffset }) => ({
      where: `${partition}, offset ${baseOffset}`,
      detail: `the batch's checksum does not match on ${broker}`,
    })),
  ];
  return examples.length === 0 ? [] : [{ title: objectiveNames.diverged, count: examples.length, examples }];
}

function lacking(replicas: ReportedDrill['replicas']): AnomalyList[] {
  const examples = [
    ...(replicas?.behind ?? []).map(({ partition, broker, endOffset, furthest }) => ({
      where: `${partition} on ${broker}`,
      detail: `ends at offset ${endOffset} of ${furthest}`,
    })),
    ...(replicas?.headless ?? []).map(({ partition, broker, startOffset, first }) => ({
      where: `${partition} on ${broker}`,
      detail: `begins at offset ${startOffset}, and offset ${first} was read back`,
    })),
  ];
  return examples.length === 0
    ? []
    : [{ title: 'replicas that lack records', count: examples.length, examples }];
}

/** What of the logs was compared, as a sentence; null where that was not done. */
export function comparedSentence({ replicas }: ReportedDrill): string | null {
  if (!replicas) return null;
  const { batches, longest, partitions } = replicas;
  return `Of the replicas' logs ${grouped(batches)} of ${count(longest, 'batch', 'batches')} in ${counted(partitions, 'partition')} were compared.`;
}

/** `lost records: 3`, and how many of them are named where that is not all. */
export function anomalyTitle({ title, count: found, examples }: AnomalyList): string {
  return `${title}: ${grouped(found)}${examples.length < found ? `, the first ${examples.length} by name` : ''}`;
}
