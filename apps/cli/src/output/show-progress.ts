import type { StepEvent } from '@kafka-ha/base';
import { plainText } from './plain-text.ts';
import { showOnTerminal } from './show-on-terminal.ts';
import { showAsLines } from './show-as-lines.ts';

/**
 * Runs an operation to its end while showing its steps: live on a terminal, one line per event elsewhere. Returns what
 * the operation returns; its errors pass through. With `json` the progress goes to stderr, so that stdout holds the
 * document alone.
 */
export async function showProgress<T>(
  operation: AsyncGenerator<StepEvent, T>,
  options: { json?: boolean | undefined },
): Promise<T> {
  const stream = options.json === true ? process.stderr : process.stdout;
  return stream.isTTY && !process.env['CI']
    ? await showOnTerminal(plain(operation), stream)
    : await showAsLines(plain(operation), stream);
}

/** What a step tells may be what a pod has said. */
async function* plain<T>(operation: AsyncGenerator<StepEvent, T>): AsyncGenerator<StepEvent, T> {
  for (;;) {
    const { done, value } = await operation.next();
    if (done) return value;
    yield inPlainText(value);
  }
}

function inPlainText(event: StepEvent): StepEvent {
  const asPlain = (_: string, value: unknown) => (typeof value === 'string' ? plainText(value) : value);
  return JSON.parse(JSON.stringify(event), asPlain) as StepEvent;
}
