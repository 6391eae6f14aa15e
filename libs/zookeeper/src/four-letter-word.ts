import { messageOf } from '@kafka-ha/errors';
import type { Address, Dial } from './dial.ts';
import { aborted, unreachable } from './zookeeper-errors.ts';

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
  if (signal.aborted) throw aborted(signal);
  const stream = dial(address);
  const patience = AbortSignal.timeout(timeoutMs);
  try {
    const said = await new Promise<string>((resolve, reject) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => resolve(Buffer.concat(chunks).toString()));
      stream.once('error', (error) => reject(unreachable(address, messageOf(error), error)));
      stream.once('close', () =>
        reject(unreachable(address, `closed the connection before it answered ${word}`)),
      );
      signal.addEventListener('abort', () => reject(aborted(signal)), { signal: patience });
      patience.addEventListener('abort', () =>
        reject(unreachable(address, `no answer to ${word} within ${timeoutMs} ms`)),
      );
      stream.write(word);
    });
    if (said === '') throw unreachable(address, `closed the connection before it answered ${word}`);
    if (said.includes('is not in the whitelist')) throw unreachable(address, said.trim());
    return said;
  } finally {
    stream.destroy();
  }
}
