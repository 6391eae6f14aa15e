/**
 * Text of somebody else's, e.g. a pod's log, that the runner must not take for one of its commands: it looks for `::`
 * after leading space and for `##[` anywhere. An invisible space in between makes them text. What it takes for space is
 * .NET's, which has one more than JavaScript's: U+0085.
 */
export function plainLine(text: string): string {
  return text.replace(/^([\s\u0085]*:)(?=:)/gm, '$1\u200b').replaceAll('##[', '##\u200b[');
}
