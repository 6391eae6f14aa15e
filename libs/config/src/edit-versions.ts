import { parseDocument } from 'yaml';
import type { Spec } from './spec.ts';

/** A cluster file's text with these versions; everything else, comments too, stays as it is. */
export function editVersions(text: string, changes: Partial<Spec['versions']>): string {
  const document = parseDocument(text);
  for (const [key, version] of Object.entries(changes)) document.setIn(['versions', key], version);
  return document.toString({ lineWidth: 0 });
}
