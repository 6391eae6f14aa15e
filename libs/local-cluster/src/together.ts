import type { StepContext } from './run-command.ts';

/** Does several things at once. When one fails the others are stopped, and only then is its error thrown. */
export async function together<Result>(
  context: StepContext,
  works: readonly ((context: StepContext) => Promise<Result>)[],
): Promise<Result[]> {
  const stop = new AbortController();
  const shared = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
  let first: { error: unknown } | undefined;
  const outcomes = await Promise.all(
    works.map((work) =>
      work(shared).catch((error: unknown) => {
        first ??= { error };
        stop.abort();
        return undefined;
      }),
    ),
  );
  if (first !== undefined) throw first.error;
  return outcomes as Result[];
}
