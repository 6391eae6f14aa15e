/** Text that is HTML or SVG already. Everything else is escaped when it is put into markup. */
export type Markup = { readonly markup: string };

/** `false` and `null` leave nothing behind, so that `condition && markup…` works. */
export type Piece = string | number | Markup | readonly Piece[] | false | null;

/**
 * HTML or SVG from a template, safe by default: values are escaped unless they are markup themselves. Not named `html`,
 * since Prettier would then indent the text and the indentation would end up in the page.
 */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const text = template.reduce(
    (before, after, index) => `${before}${render(pieces[index - 1] ?? null)}${after}`,
  );
  return { markup: text };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function render(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (typeof piece === 'number') return String(piece);
  if (typeof piece === 'string') return escapeHtml(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(render).join('');
}
