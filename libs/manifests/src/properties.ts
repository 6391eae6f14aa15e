/** A Java properties file, sorted by key; whatever the values hold, Java reads them back as they were. */
export function toProperties(entries: Readonly<Record<string, string>>): string {
  return Object.keys(entries)
    .sort()
    .map((key) => `${escapeKey(key)}=${escapeValue(entries[key] ?? '')}\n`)
    .join('');
}

function escapeKey(key: string): string {
  return escape(key).replace(/[ :=#!]/g, (character) => `\\${character}`);
}

/** A value's leading blanks would be skipped; a space inside it would not. */
function escapeValue(value: string): string {
  return escape(value).replace(/^ /, '\\ ');
}

/** Java reads the file as ISO 8859-1, so all beyond printable ASCII is written by its code units. */
function escape(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Reads what `toProperties` wrote. */
export function fromProperties(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const [, key = '', value = ''] = /^((?:\\.|[^=\\])*)=(.*)$/.exec(line) ?? [];
      return [unescape(key), unescape(value)];
    }),
  );
}

function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, unit: string | undefined, character: string) =>
    unit === undefined ? character : String.fromCharCode(parseInt(unit, 16)),
  );
}
