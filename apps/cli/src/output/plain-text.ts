/**
 * Text of somebody else's, e.g. a pod's log, for a terminal: without sequences that colour, move the cursor, set the title
 * or answer for the person at the keyboard, and without what hides or turns other text around. Lines and tabs stay.
 */
export function plainText(text: string): string {
  return text.replace(sequences, '').replace(controls, '');
}

/** ECMA-48: strings with their terminator, control sequences, escapes. One that does not end is text. */
const sequences =
  // eslint-disable-next-line no-control-regex -- Those are what is looked for.
  /\u001b[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

const controls = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;
