import { durationText } from '@kafka-ha/errors';
import { emptyLog, logEvent, type LogLine, type StepEvent } from '@kafka-ha/events';
import { colorsOf } from './colors.ts';

type Colors = ReturnType<typeof colorsOf>;

/** Plain lines for logs: `[3/8] Apply the objects`, what the step tells, what it did and how long it took. */
export async function showAsLines<T>(
  operation: AsyncGenerator<StepEvent, T>,
  stream: NodeJS.WriteStream,
): Promise<T> {
  const colors = colorsOf(stream);
  let log = emptyLog;
  for (;;) {
    const { done, value: event } = await operation.next();
    if (done) return event;
    const told = logEvent(log, event, performance.now());
    log = told.log;
    if (told.line !== undefined) stream.write(`${textOf(told.line, colors)}\n`);
  }
}

function textOf(line: LogLine, { bold, dim, green, yellow }: Colors): string {
  switch (line.kind) {
    case 'started':
      return `${dim(line.step.place)} ${bold(line.step.title)}`;
    case 'detail':
      return `      ${dim(line.text)}`;
    case 'finished':
      return `      ${green('✓')} ${line.summary} ${dim(`(${durationText(line.tookMs)})`)}`;
    case 'skipped':
      return `${dim(line.step.place)} ${bold(line.step.title)} ${dim(`skipped: ${line.reason}`)}`;
    case 'warning':
      return `      ${yellow('!')} ${line.message}${line.hint === undefined ? '' : ` ${dim(`→ ${line.hint}`)}`}`;
  }
}
