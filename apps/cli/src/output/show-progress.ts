import type { Step, StepEvent } from '@kafka-ha/base';
import { Listr, PRESET_TIMER } from 'listr2';
import { plainText } from './plain-text.ts';
import { showAsLines } from './show-as-lines.ts';
import { colorsOf } from './colors.ts';

/**
 * Runs an operation to its end while showing its steps: live on a terminal, one line per event elsewhere. Returns what
 * the operation returns; its errors pass through. With `json` the progress goes to stderr, so that stdout holds the
 * document alone.
 */
export async function showProgress<T>(
  operation: AsyncGenerator<StepEvent<unknown>, T>,
  options: { json?: boolean | undefined },
): Promise<T> {
  const stream = options.json === true ? process.stderr : process.stdout;
  return stream.isTTY && !process.env['CI']
    ? await showOnTerminal(plain(operation), stream)
    : await showAsLines(plain(operation), stream);
}

/** What a step tells may be what a pod has said. */
async function* plain<T>(
  operation: AsyncGenerator<StepEvent<unknown>, T>,
): AsyncGenerator<StepEvent<unknown>, T> {
  for (;;) {
    const { done, value } = await operation.next();
    if (done) return value;
    yield inPlainText(value);
  }
}

function inPlainText(event: StepEvent<unknown>): StepEvent<unknown> {
  const asPlain = (_: string, value: unknown) => (typeof value === 'string' ? plainText(value) : value);
  return JSON.parse(JSON.stringify(event), asPlain) as StepEvent<unknown>;
}

type Task = { output: string; title: string | undefined; skip(message?: string): void };

type Ending = { kind: 'finished'; summary?: string } | { kind: 'skipped'; reason: string };

/**
 * Draws an operation's steps as a live list. The operation pushes its events, listr2 pulls its tasks: each task waits
 * until the operation has told the end of its step.
 */
async function showOnTerminal<T>(
  operation: AsyncGenerator<StepEvent<unknown>, T>,
  stream: NodeJS.WriteStream,
): Promise<T> {
  const { dim, yellow } = colorsOf(stream);
  const warnings: string[] = [];
  let board: Board | undefined;
  try {
    for (;;) {
      const { done, value: event } = await operation.next();
      if (done) {
        await board?.closed();
        return event;
      }
      switch (event.kind) {
        case 'steps':
          await board?.closed();
          board = openBoard(event.steps, dim);
          break;
        case 'warning':
          warnings.push(
            `${yellow('!')} ${event.message}${event.hint === undefined ? '' : `\n  → ${event.hint}`}`,
          );
          break;
        case 'started':
        case 'progress':
        case 'finished':
        case 'skipped':
          board?.take(event);
          break;
      }
    }
  } catch (error) {
    await board?.failed(error);
    throw error;
  } finally {
    for (const warning of warnings) stream.write(`${warning}\n`);
  }
}

type Board = {
  take(event: Extract<StepEvent<unknown>, { step: string }>): void;
  closed(): Promise<void>;
  failed(error: unknown): Promise<void>;
};

function openBoard(steps: readonly Step[], dim: (text: string) => string): Board {
  const endings = new Map(steps.map(({ id }) => [id, deferred<Ending>()]));
  for (const { promise } of endings.values()) promise.catch(() => undefined);
  const running = new Map<string, Task>();
  const list = new Listr(
    steps.map(({ id, title }) => ({
      title,
      task: async (_: unknown, task: Task) => {
        running.set(id, task);
        const ending = await endings.get(id)?.promise;
        if (ending?.kind === 'skipped') task.skip(`${title} ${dim(ending.reason)}`);
        else if (ending?.summary !== undefined) task.title = `${title} ${dim(ending.summary)}`;
      },
    })),
    {
      concurrent: false,
      renderer: 'default',
      rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
    },
  );
  const drawn = list.run().then(
    () => undefined,
    () => undefined, // the operation's own error is the one that is shown
  );
  return {
    take(event) {
      if (event.kind === 'progress') {
        const task = running.get(event.step);
        if (task !== undefined) task.output = event.detail;
      }
      if (event.kind === 'finished' || event.kind === 'skipped') endings.get(event.step)?.resolve(event);
    },
    closed: () => drawn,
    async failed(error) {
      for (const { reject } of endings.values()) reject(error);
      await drawn;
    },
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
} {
  let settle: { resolve(value: T): void; reject(reason: unknown): void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value) => settle?.resolve(value), reject: (reason) => settle?.reject(reason) };
}
