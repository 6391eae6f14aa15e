import type { DrillResult } from '@kafka-ha/history';
import { seconds } from '../../text/numbers.ts';
import { milestones } from '../milestones.ts';
import { shortName } from '../victims.ts';

type Task = { name: string; tag: 'crit' | 'active' | 'done'; fromMs: number; toMs: number };

/** Below this, Mermaid's axis has ticks between the seconds. */
const fractionsBelowMs = 10_000;
const maxLifelines = 8;

/**
 * A Mermaid gantt of what followed the fault, or null where nothing was seen. Bars run from one milestone to the next;
 * those before the acknowledgement are critical. Times are milliseconds "since 1970", so that `%s` counts seconds after
 * the fault in every time zone.
 */
export function timeline(result: DrillResult): string | null {
  const { faultMs } = result.phases;
  const steps = milestones(result);
  const endMs = steps.at(-1)?.afterFaultMs ?? 0;
  if (faultMs === null || endMs <= 0) return null;
  const sections = [
    { name: 'cluster', tasks: waterfall(result) },
    ...disturbed(result, faultMs, endMs).slice(0, maxLifelines),
  ];
  return [
    'gantt',
    `    title ${plain(result.fault)}, seconds after the fault`,
    '    dateFormat x',
    `    axisFormat ${endMs < fractionsBelowMs ? '%s.%L' : '%s'}`,
    '    todayMarker off',
    ...sections.flatMap(({ name, tasks }) => [`    section ${plain(name)}`, ...tasks.map(line)]),
  ].join('\n');
}

function waterfall(result: DrillResult): Task[] {
  const steps = milestones(result).filter(({ afterFaultMs }) => afterFaultMs >= 0);
  const silentUntil = steps.find(({ phase }) => phase === 'acknowledged')?.afterFaultMs ?? 0;
  return steps.map(({ label, afterFaultMs }, index) => ({
    name: `${label} at ${seconds(afterFaultMs)}`,
    tag: afterFaultMs <= silentUntil ? 'crit' : 'done',
    fromMs: steps[index - 1]?.afterFaultMs ?? 0,
    toMs: afterFaultMs,
  }));
}

function disturbed(result: DrillResult, faultMs: number, endMs: number): { name: string; tasks: Task[] }[] {
  return result.lifelines.flatMap(({ name, spans }) => {
    const tasks = spans
      .filter(({ state }) => state !== 'ready')
      .map(({ fromMs, toMs, state }): Task => {
        const within = (ms: number) => Math.min(Math.max(0, ms - faultMs), endMs);
        const gone = state === 'gone';
        return {
          name: gone ? 'gone' : 'not ready',
          tag: gone ? 'crit' : 'active',
          fromMs: within(fromMs),
          toMs: within(toMs),
        };
      })
      .filter(({ fromMs, toMs }) => toMs > fromMs);
    return tasks.length === 0 ? [] : [{ name: shortName(name, result), tasks }];
  });
}

function line({ name, tag, fromMs, toMs }: Task): string {
  const end = Math.max(Math.round(toMs), Math.round(fromMs) + 1);
  return `    ${plain(name)} :${tag}, ${Math.round(fromMs)}, ${end}`;
}

/** Colons, semicolons, hashes, percent signs and line ends mean something to Mermaid, and there is no escaping them. */
function plain(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .,()/_-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
