/** What `mntr` says, key by key, e.g. `zk_synced_followers` to `2`. */
export function parseMntr(text: string): Map<string, string> {
  return parseLines(text, '\t');
}

/** What `srvr` says, key by key, e.g. `Mode` to `leader`. */
export function parseSrvr(text: string): Map<string, string> {
  return parseLines(text, ': ');
}

/** Said to every word but `ruok` by a server that is in no quorum. */
export function isServing(text: string): boolean {
  return !text.includes('is not currently serving requests');
}

function parseLines(text: string, separator: string): Map<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf(separator);
      return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + separator.length).trim()] as const];
    }),
  );
}
