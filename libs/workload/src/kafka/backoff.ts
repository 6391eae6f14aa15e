/** Waits in milliseconds as the Java client makes them: from 100, doubled up to 500, a fifth more or less. */
export function createBackoff(random: () => number = Math.random): () => number {
  let next = 100;
  return () => {
    const wait = next * (0.8 + 0.4 * random());
    next = Math.min(500, next * 2);
    return wait;
  };
}
