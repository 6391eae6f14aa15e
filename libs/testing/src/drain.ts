/** Runs an async generator to its end: all that it told, in order. */
export async function drain<T>(events: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}
