import { endGroup, startGroup } from '@actions/core';
import type { StepEvent } from '@kafka-ha/events';
import type { Annotations } from '../annotations.ts';
import { durationText } from './duration.ts';
import { say } from './say.ts';
import { recordStep, type StepRecords } from './step-record.ts';

/** A log shows what a step says again and again, with other figures, only this often. */
const progressEveryMs = 2_000;

type Options = {
  annotations: Annotations;
  /** Told after each event, so that whoever stops in the middle knows how far it came. */
  onRecords: (records: StepRecords) => void;
  now?: () => number;
};

/**
 * Runs an operation to its end and shows it live: a group for each step, which GitHub folds when the run is over, and
 * under it the one line that says what the step did. Returns what the operation returns; its errors pass through.
 */
export async function showSteps<T>(
  operation: AsyncGenerator<StepEvent, T>,
  { annotations, onRecords, now = () => performance.now() }: Options,
): Promise<T> {
  let records: StepRecords = new Map();
  let saidAt = 0;
  let said = '';
  let open = false;
  const close = () => {
    if (open) endGroup();
    open = false;
  };
  try {
    for (;;) {
      const { done, value: event } = await operation.next();
      if (done) return event;
      records = recordStep(records, event, now());
      onRecords(records);
      switch (event.kind) {
        case 'steps':
          break;
        case 'started':
          saidAt = now();
          startGroup(headingOf(records, event.step));
          open = true;
          break;
        case 'progress':
          if (now() - saidAt < progressEveryMs && withoutFigures(event.detail) === withoutFigures(said))
            break;
          saidAt = now();
          said = event.detail;
          say(event.detail);
          break;
        case 'finished': {
          close();
          const { detail = 'done', tookMs = 0 } = records.get(event.step) ?? {};
          say(`✓ ${detail} (${durationText(tookMs)})`);
          break;
        }
        case 'skipped':
          close();
          say(`– ${headingOf(records, event.step)} skipped: ${event.reason}`);
          break;
        case 'warning':
          annotations.warn(event.hint === undefined ? event.message : `${event.message} → ${event.hint}`);
          break;
      }
    }
  } finally {
    close();
  }
}

function withoutFigures(line: string): string {
  return line.replace(/[\d.]+/g, '');
}

/** `[3/9] Wait for ZooKeeper` */
function headingOf(records: StepRecords, step: string): string {
  const place = [...records.keys()].indexOf(step) + 1;
  return `[${place}/${records.size}] ${records.get(step)?.title ?? step}`;
}
