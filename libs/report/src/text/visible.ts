/**
 * Text on one line, with everything that a person could not see written out: line ends, control characters, and what
 * hides or turns other text around, as `\n` or `\u{202e}`. What is approved is what is read.
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => names[character] ?? `\\u{${hexOf(character)}}`);
}

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const names: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
