import { grouped } from '@kafka-ha/base';
import type { Check, DrillResult } from '@kafka-ha/history';
import { seconds, shortSeconds } from '../text/numbers.ts';
import { objectiveNames } from './checks.ts';

/** Why a drill did not pass: each broken objective as a sentence, then what the verdict says itself. */
export function failures(result: DrillResult): string[] {
  const broken = result.verdict.checks.filter((check) => check.result === 'fail');
  return [...broken.map((check) => sentence(check, result)), ...result.verdict.reasons.map(asSentence)];
}

function sentence(check: Check, { interruptions }: DrillResult): string {
  const { objective, figure, limit } = check;
  const promised = limit === null ? '' : `; the limit is ${shortSeconds(limit)}`;
  if (objective === 'interruption')
    return `${partition(interruptions?.writing.worst.partition)} had no acknowledged write for ${seconds(figure)}${promised}.`;
  if (objective === 'latency')
    return `A write to ${partition(interruptions?.latency.worst.partition).toLowerCase()} took ${seconds(figure)}${promised}.`;
  if (objective === 'undelivered')
    return `${grouped(figure)} ${figure === 1 ? 'record was' : 'records were'} never delivered to the group of consumers.`;
  if (objective === 'lost')
    return `${grouped(figure)} acknowledged ${figure === 1 ? 'record was' : 'records were'} lost.`;
  if (objective === 'diverged')
    return `The replicas of ${grouped(figure)} ${figure === 1 ? 'partition differ' : 'partitions differ'}.`;
  if (objective === 'lacking')
    return `${grouped(figure)} ${figure === 1 ? 'partition has' : 'partitions have'} a replica that lacks records.`;
  return `${asSentence(objectiveNames[objective]).slice(0, -1)}: ${grouped(figure)}; ${limit === 0 ? 'none may be' : `the limit is ${limit}`}.`;
}

function partition(number: number | undefined): string {
  return number === undefined ? 'A partition' : `Partition ${number}`;
}

function asSentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.slice(0, 1).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
