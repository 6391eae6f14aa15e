import { abortedError, messageOf } from '@kafka-ha/base';
import { type Address, type Dial, unreachable } from './dial.ts';

export type FourLetterWord = 'ruok' | 'srvr' | 'mntr';
export type AskOptions = { signal: AbortSignal; timeoutMs?: number };

/**
 * Asks one server and returns all that it says; it closes the connection itself. Throws `zookeeper-unreachable`: no
 * connection, no whole answer in time, or the word is not in the server's `4lw.commands.whitelist`.
 */
export async function fourLetterWord(
  dial: Dial,
  address: Address,
  word: FourLetterWord,
  { signal, timeoutMs = 5_000 }: AskOptions,
): Promise<string> {
  if (signal.aborted) throw abortedError(signal);
  // One signal for both: many ask at once, and a listener for each on the caller's would have Node warn of a leak.
  const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const early = () => unreachable(address, `closed the connection before it answered ${word}`);
  const stream = dial(address);
  try {
    const said = await new Promise<string>((resolve, reject) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => resolve(Buffer.concat(chunks).toString()));
      stream.once('error', (error) => reject(unreachable(address, messageOf(error), error)));
      stream.once('close', () => reject(early()));
      either.addEventListener('abort', () =>
        reject(
          signal.aborted
            ? abortedError(signal)
            : unreachable(address, `no answer to ${word} within ${timeoutMs} ms`),
        ),
      );
      stream.write(word);
    });
    if (said === '') throw early();
    if (said.includes('is not in the whitelist')) throw unreachable(address, said.trim());
    return said;
  } finally {
    stream.destroy();
  }
}
