import type { Spec } from '@kafka-ha/config';
import { describeScalePlan } from '@kafka-ha/report';
import { type ScalePlan } from '@kafka-ha/planning';
import { colorsOf } from './colors.ts';

/** What a scale would do, what it costs, and how to have it done. */
export function printScalePlan(spec: Spec, plan: ScalePlan, stream: NodeJS.WriteStream): void {
  const { bold, dim } = colorsOf(stream);
  const { headline, rows } = describeScalePlan(plan);
  const lines = [
    '',
    `${bold(spec.name)}: ${headline}`,
    ...rows.map(([what, how]) => `  ${dim(what.padEnd(10))} ${how}`),
    '',
    'Nothing was changed. Run the same with --yes to carry it out.',
  ];
  stream.write(`${lines.join('\n')}\n`);
}
