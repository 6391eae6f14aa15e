import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const lookMs = 200;

/**
 * The file that holds the history. A container's log would do for a short one, but whoever keeps logs turns them over at
 * a size of his own and gives out the newest piece only.
 *
 * `taken` resolves when somebody has removed the file, as a sign that he has read it all: it goes with the pod.
 */
export function openHistoryFile(path: string): { print: (text: string) => void; taken: () => Promise<void> } {
  const file = openSync(path, 'a');
  return {
    print: (text) => {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    },
    taken: async () => {
      closeSync(file);
      while (existsSync(path)) await sleep(lookMs);
    },
  };
}
