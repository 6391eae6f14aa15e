/**
 * Text that GitHub shows as it is, in a paragraph, a list, a table cell or an HTML block: no markup, no line of its own,
 * nobody mentioned. Character references are never structure in Markdown, so whatever could be becomes one. Mentions are
 * made from the finished page, where a reference is no protection: those need the invisible space.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(structure, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll('&#64;', '&#64;&#8203;');
}

/** All but what is harmless everywhere, and what is structure only in its place: a list's mark, a link, an emoji's name. */
const structure = /[^\p{L}\p{N} .,:;%!?()/+'’–—-]|:(?! |$)|^[+-]|(?<=^\d+)[.)](?= |$)|(?<=www)\./giu;
