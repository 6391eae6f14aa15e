import { endGroup, startGroup } from '@actions/core';
import { durationText } from '@kafka-ha/errors';
import { emptyLog, logEvent, type LogLine, type StepEvent, type StepRecords } from '@kafka-ha/events';
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
  operation: AsyncGenerator<StepEvent, T>,
  { annotations, onRecords, now = () => performance.now() }: Options,
): Promise<T> {
  const printer = openPrinter(annotations);
  let log = emptyLog;
  try {
    for (;;) {
      const { done, value: event } = await operation.next();
      if (done) return event;
      const told = logEvent(log, event, now());
      log = told.log;
      onRecords(log.records);
      if (told.line !== undefined) printer.print(told.line);
    }
  } finally {
    printer.close();
  }
}

function openPrinter(annotations: Annotations): { print(line: LogLine): void; close(): void } {
  let open = false;
  const close = () => {
    if (open) endGroup();
    open = false;
  };
  const print = (line: LogLine) => {
    switch (line.kind) {
      case 'started':
        startGroup(`${line.step.place} ${line.step.title}`);
        open = true;
        break;
      case 'detail':
        say(line.text);
        break;
      case 'finished':
        close();
        say(`✓ ${line.summary} (${durationText(line.tookMs)})`);
        break;
      case 'skipped':
        close();
        say(`– ${line.step.place} ${line.step.title} skipped: ${line.reason}`);
        break;
      case 'warning':
        annotations.warn(line.hint === undefined ? line.message : `${line.message} → ${line.hint}`);
        break;
    }
  };
  return { print, close };
}
