import { endGroup, startGroup } from '@actions/core';
import { durationText, emptyLog, logEvent, nameOf, type StepEvent, type StepRecords } from '@kafka-ha/base';
import type { Annotations } from '../annotations.ts';
import { say } from './say.ts';

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
  operation: AsyncGenerator<StepEvent<unknown>, T>,
  { annotations, onRecords, now = () => performance.now() }: Options,
): Promise<T> {
  const printer = openPrinter(annotations);
  let log = emptyLog;
  try {
    for (;;) {
      const { done, value: event } = await operation.next();
      if (done) return event;
      log = logEvent(log, event, now());
      onRecords(log.records);
      if (log.isNews) printer.print(event, log.records);
    }
  } finally {
    printer.close();
  }
}

type Printer = { print(event: StepEvent<unknown>, records: StepRecords): void; close(): void };

function openPrinter(annotations: Annotations): Printer {
  let open = false;
  const close = () => {
    if (open) endGroup();
    open = false;
  };
  const print: Printer['print'] = (event, records) => {
    switch (event.kind) {
      case 'steps':
        break;
      case 'started':
        startGroup(headingOf(records, event.step));
        open = true;
        break;
      case 'progress':
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
  };
  return { print, close };
}

/** `[3/9] Apply the objects` */
function headingOf(records: StepRecords, step: string): string {
  const { place, title } = nameOf(records, step);
  return `${place} ${title}`;
}
