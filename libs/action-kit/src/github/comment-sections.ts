import { count } from '@kafka-ha/base';
/** Of each section, in UTF-8: enough for a plan of some hundred topics. */
export const maxSectionBytes = 20_000;

/** GitHub takes 65,536 characters, and one of UTF-8 is at least a byte. */
const maxCommentBytes = 65_536;

const sectionPattern = /<!-- kafka-ha:begin (\S+) -->\n([\s\S]*?)\n<!-- kafka-ha:end \1 -->/g;

/** What an action says of a cluster: Markdown that begins with a heading. */
type Section = { name: string; markdown: string };

/** True for the comment that `commentText` made for this cluster. */
export function isCommentOf(cluster: string, text: string | null | undefined): boolean {
  return text?.startsWith(headOf(cluster)) ?? false;
}

/**
 * The comment's text with one section put in place of what that action said before. Where GitHub would not take the
 * whole, others are shortened to their headings, the longest first, and say how much is missing.
 */
export function withSection(cluster: string, before: string, section: Section): string {
  const sections = new Map(
    [...before.matchAll(sectionPattern)].map(([, name = '', markdown = '']) => [name, markdown]),
  );
  sections.set(section.name, withoutMarkers(section.markdown));
  const others = [...sections.keys()].filter((name) => name !== section.name);
  const longestFirst = others.sort((a, b) => bytesOf(sections.get(b)!) - bytesOf(sections.get(a)!));
  for (const name of longestFirst) {
    if (bytesOf(commentOf(cluster, sections)) <= maxCommentBytes) break;
    sections.set(name, headingOf(sections.get(name)!));
  }
  return commentOf(cluster, sections);
}

function commentOf(cluster: string, sections: ReadonlyMap<string, string>): string {
  const parts = [...sections].map(
    ([name, markdown]) => `<!-- kafka-ha:begin ${name} -->\n${markdown}\n<!-- kafka-ha:end ${name} -->`,
  );
  return [headOf(cluster), ...parts].join('\n\n');
}

/** The first lines of a section up to a blank one, and how much of it is not there. */
function headingOf(markdown: string): string {
  const [heading = ''] = markdown.split('\n\n', 1);
  const shortened = heading.length > 500 ? `${heading.slice(0, 500)}…` : heading;
  const missing = markdown.length - shortened.length;
  if (missing <= 0 || leftOutPattern.test(markdown)) return markdown;
  return `${shortened}\n\n_${count(missing, 'character')} of this report are left out, because the comment would be too long. See the log of its run._`;
}

const leftOutPattern = /_\d+ characters of this report are left out, .*_$/;

/** What a value of the cluster holds must not end its section. */
function withoutMarkers(markdown: string): string {
  return markdown.replaceAll('<!-- kafka-ha:', '&lt;!-- kafka-ha:');
}

/** Two dashes would end the HTML comment, and a name may hold them. */
function headOf(cluster: string): string {
  return `<!-- kafka-ha:cluster ${encodeURIComponent(cluster).replaceAll('-', '%2D')} -->`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
