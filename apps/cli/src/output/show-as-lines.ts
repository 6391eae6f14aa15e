import { durationText, emptyLog, logEvent, nameOf, type StepEvent, type StepRecords } from '@kafka-ha/base';
import { colorsOf } from './colors.ts';

type Colors = ReturnType<typeof colorsOf>;

/** Plain lines for logs: `[3/8] Apply the objects`, what the step tells, what it did and how long it took. */
export async function showAsLines<T>(
  operation: AsyncGenerator<StepEvent<unknown>, T>,
  stream: NodeJS.WriteStream,
): Promise<T> {
  const colors = colorsOf(stream);
  let log = emptyLog;
  for (;;) {
    const { done, value: event } = await operation.next();
    if (done) return event;
    log = logEvent(log, event, performance.now());
    if (log.isNews && event.kind !== 'steps') stream.write(`${lineOf(event, log.records, colors)}\n`);
  }
}

function lineOf(
  event: Exclude<StepEvent<unknown>, { kind: 'steps' }>,
  records: StepRecords,
  { bold, dim, green, yellow }: Colors,
): string {
  const heading = (step: string) => {
    const { place, title } = nameOf(records, step);
    return `${dim(place)} ${bold(title)}`;
  };
  switch (event.kind) {
    case 'started':
      return heading(event.step);
    case 'progress':
      return `      ${dim(event.detail)}`;
    case 'finished': {
      const { detail = 'done', tookMs = 0 } = records.get(event.step) ?? {};
      return `      ${green('✓')} ${detail} ${dim(`(${durationText(tookMs)})`)}`;
    }
    case 'skipped':
      return `${heading(event.step)} ${dim(`skipped: ${event.reason}`)}`;
    case 'warning':
      return `      ${yellow('!')} ${event.message}${event.hint === undefined ? '' : ` ${dim(`→ ${event.hint}`)}`}`;
  }
}
