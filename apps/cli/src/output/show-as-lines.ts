import type { StepEvent } from '@kafka-ha/events';
import { colorsOf } from './colors.ts';

/** A log shows a step that counts, or waits, only this often. */
const progressEveryMs = 2_000;

/** One plain line per event, for logs: `[3/8] Apply the objects … `, its progress, what it did and how long it took. */
export async function showAsLines<T>(
  operation: AsyncGenerator<StepEvent, T>,
  stream: NodeJS.WriteStream,
): Promise<T> {
  const { bold, dim, green, yellow } = colorsOf(stream);
  const titles = new Map<string, string>();
  let startedAt = 0;
  let saidAt = 0;
  let said = '';
  const say = (line: string) => stream.write(`${line}\n`);
  for (;;) {
    const { done, value: event } = await operation.next();
    if (done) return event;
    switch (event.kind) {
      case 'steps':
        event.steps.forEach(({ id, title }, index) =>
          titles.set(id, `${dim(`[${index + 1}/${event.steps.length}]`)} ${bold(title)}`),
        );
        break;
      case 'started':
        startedAt = saidAt = performance.now();
        say(titles.get(event.step) ?? event.step);
        break;
      case 'progress':
        if (event.detail === said) break;
        if (saysTheSame(event.detail, said) && performance.now() - saidAt < progressEveryMs) break;
        saidAt = performance.now();
        said = event.detail;
        say(`      ${dim(event.detail)}`);
        break;
      case 'finished':
        say(
          `      ${green('✓')} ${event.summary ?? 'done'} ${dim(`(${seconds(performance.now() - startedAt)})`)}`,
        );
        break;
      case 'skipped':
        say(`      ${dim(`skipped: ${event.reason}`)}`);
        break;
      case 'warning':
        say(
          `      ${yellow('!')} ${event.message}${event.hint === undefined ? '' : ` ${dim(`→ ${event.hint}`)}`}`,
        );
        break;
    }
  }
}

/** Whether two details differ in nothing but their numbers. */
function saysTheSame(detail: string, other: string): boolean {
  const words = (text: string) => text.replaceAll(/\d+/g, '');
  return words(detail) === words(other);
}

/** "0.4 s", "12 s", "3 min 20 s". */
export function seconds(ms: number): string {
  const s = ms / 1000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 120) return `${Math.round(s)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}
