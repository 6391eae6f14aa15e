import { LOG_RETENTION_CHECK_INTERVAL_MS, LOG_SEGMENT_DELETE_DELAY_MS } from '@kafka-ha/config';
import { assertNever } from '@kafka-ha/base';
import {
  type KeyChange,
  type ObjectChange,
  type Plan,
  planOutcome,
  type RollReason,
  type TopicChange,
} from '@kafka-ha/planning';

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const names: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A part of a plan as a person wants to read it; plain text, which terminal and Markdown draw each in their way. */
export type PlanSection = { title: string; lines: readonly PlanLine[] };
export type PlanLine = { sign: '+' | '~' | '-' | '!' | ' '; text: string };

/** The sections that have something to say. */
export function planSections(plan: Plan): PlanSection[] {
  return [
    section(
      `Records that are deleted, about ${deletedWithinSeconds} s after the setting takes effect`,
      plan.deletions.map(({ topic, why }) => line('-', `${topic}: ${why}`)),
    ),
    section(
      'In the way',
      plan.obstacles.map(({ why }) => line('!', why)),
    ),
    section('Objects', plan.objects.flatMap(objectLines)),
    section('Kafka settings', plan.keys.map(keyLine)),
    section('Topics', plan.topics.map(topicLine)),
    section(
      'Another CPU request, without a restart',
      plan.resizes.map((pod) => line('~', pod)),
    ),
    section(
      `Restarts, one at a time, in about ${seconds(plan.estimateMs)}`,
      plan.restarts.map(({ pod, why }, index) => line('~', `${index + 1}. ${pod}${reasons[why]}`)),
    ),
  ].filter(({ lines }) => lines.length > 0);
}

/** A check of the logs, and the time that a deleted file stays. */
const deletedWithinSeconds = (LOG_RETENTION_CHECK_INTERVAL_MS + LOG_SEGMENT_DELETE_DELAY_MS) / 1000;

/** The plan in one sentence. */
export function planHeadline(plan: Plan): string {
  const { deletions, objects, keys, restarts, losses } = plan;
  switch (planOutcome(plan)) {
    case 'nothing':
      return 'nothing to do: the cluster is what the file says';
    case 'refused':
      return 'refused';
    case 'changes': {
      const restarting = restarts.length === 0 ? 'no restart' : count(restarts.length, 'restart');
      const meanwhile =
        restarts.length === 0
          ? ''
          : `; meanwhile ${count(losses.meanwhile, 'more broker')} may be lost at once`;
      const changes = `${count(objects.length, 'object')}, ${count(keys.length, 'setting')}, ${restarting}${meanwhile}`;
      return deletions.length === 0
        ? changes
        : `records of ${count(deletions.length, 'topic')} are deleted; ${changes}`;
    }
  }
}

function objectLines(change: ObjectChange): PlanLine[] {
  switch (change.kind) {
    case 'create':
      return [line('+', change.object)];
    case 'prune':
      return [line('-', change.object)];
    case 'change':
      return [
        line('~', change.object),
        ...change.fields.map(({ path, from, to }) => line(' ', `  ${path}: ${short(from)} → ${short(to)}`)),
      ];
    default:
      return assertNever(change);
  }
}

function keyLine({ key, how, brokers, from, to }: KeyChange): PlanLine {
  const whose = brokers === 'all' ? '' : ` of broker ${brokers}`;
  return line('~', `${key}${whose}: ${from ?? 'unset'} → ${to ?? 'unset'}, ${whenInForce[how]}`);
}

const whenInForce: Record<KeyChange['how'], string> = {
  dynamic: 'at once',
  restart: 'by a restart',
  feature: 'once every controller and broker is up',
};

function topicLine(change: TopicChange): PlanLine {
  const { topic } = change;
  switch (change.kind) {
    case 'left':
      return line('!', `${topic} is left as it is: ${change.why}`);
    case 'pause':
      return line('!', `${topic} ${change.why}`);
    case 'grow':
      return line(
        '~',
        `${topic}: ${change.from} → ${count(change.to, 'partition')}: records with the same key go to another partition than before. Their order across that change is not kept, and a compacted topic keeps the last record of both partitions`,
      );
    case 'alter':
      return line('~', `${topic}: ${change.key}: ${change.from ?? 'unset'} → ${change.to}, at once`);
    case 'create': {
      const { partitions, replicas } = change;
      return line('+', `${topic}: ${count(partitions, 'partition')} on ${count(replicas, 'broker')} each`);
    }
    default:
      return assertNever(change);
  }
}

const reasons: Record<RollReason, string> = {
  stuck: ', it serves nobody',
  'not-ready': ', once it is ready',
  follower: ', a follower',
  leader: ', the leader now',
  broker: '',
  controller: ', the controller now',
};

/** Whole files are not for reading here. */
function short(value: string | undefined): string {
  if (value === undefined) return 'nothing';
  return value.length <= 120 ? value : `${value.slice(0, 117)}...`;
}

function section(title: string, lines: readonly PlanLine[]): PlanSection {
  return { title, lines };
}

/** A value in a file or in Kafka may hold anything: every line is made here. */
function line(sign: PlanLine['sign'], text: string): PlanLine {
  return { sign, text: visible(text) };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function seconds(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

/**
 * Text on one line, with everything that a person could not see written out: line ends, control characters, and what
 * hides or turns other text around, as `\n` or `\u{202e}`. What is approved is what is read.
 */
function visible(text: string): string {
  return text.replace(unseen, (character) => names[character] ?? `\\u{${hexOf(character)}}`);
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
