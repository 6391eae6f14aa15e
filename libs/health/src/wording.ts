/** "0-3, 7" */
export function ranges(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === number - 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs
    .map(({ first, last }) => {
      if (first === last) return `${first}`;
      return last === first + 1 ? `${first}, ${last}` : `${first}-${last}`;
    })
    .join(', ');
}

/** "broker 3", "brokers 0-2" */
export function numbered(noun: string, numbers: readonly number[]): string {
  return `${noun}${numbers.length === 1 ? '' : 's'} ${ranges(numbers)}`;
}

/** What somebody else reported, as a sentence: with a capital in front, unless that is a name's, and a full stop behind. */
export function sentence(text: string): string {
  const capital = text.replace(/^[a-z](?=[a-z]*(?:\W?\s|\W?$))/, (letter) => letter.toUpperCase());
  return `${capital.replace(/[.\s]+$/, '')}.`;
}

export function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' ');
}
