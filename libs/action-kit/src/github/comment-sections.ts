/** GitHub takes 65,536 characters; sections share them. */
export const maxSectionBytes = 20_000;

const sectionPattern = /<!-- kafka-ha:begin (\S+) -->\n([\s\S]*?)\n<!-- kafka-ha:end \1 -->/g;

/** True for the comment that `commentText` made for this cluster. */
export function isCommentOf(cluster: string, text: string | null | undefined): boolean {
  return text?.startsWith(headOf(cluster)) ?? false;
}

/** The comment's text with one section put in place of what that action said before. */
export function withSection(
  cluster: string,
  before: string,
  section: { name: string; markdown: string },
): string {
  const sections = new Map(
    [...before.matchAll(sectionPattern)].map(([, name = '', markdown = '']) => [name, markdown]),
  );
  sections.set(section.name, section.markdown);
  const parts = [...sections].map(
    ([name, markdown]) => `<!-- kafka-ha:begin ${name} -->\n${markdown}\n<!-- kafka-ha:end ${name} -->`,
  );
  return [headOf(cluster), ...parts].join('\n\n');
}

/** Two dashes would end the HTML comment, and a name may hold them. */
function headOf(cluster: string): string {
  return `<!-- kafka-ha:cluster ${encodeURIComponent(cluster).replaceAll('-', '%2D')} -->`;
}
