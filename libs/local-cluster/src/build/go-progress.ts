import type { Say } from '../narrate.ts';

/**
 * Makes progress of what `go list` and `go build -v` print. The packages that Go has in its own cache are not
 * printed, so the count may end short of the total.
 */
export function goProgress(say: Say): { download: Say; compile: (line: string, total: number) => void } {
  let compiled = 0;
  const download = (line: string) => {
    const module = /^go: downloading (\S+)/.exec(line)?.[1];
    if (module !== undefined) say(`downloading ${module}`);
  };
  const compile = (line: string, total: number) => {
    if (line.startsWith('go: ')) return download(line);
    compiled += 1;
    say(`${compiled} of at most ${total} packages`);
  };
  return { download, compile };
}
