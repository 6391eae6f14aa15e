// The schema of the cluster file as a release has it: editors find it where that release is.
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Its text, with the address of the tag that moves with a version. GitHub says of which repository; anywhere else nobody does. */
export function schemaOf(version) {
  const { GITHUB_REPOSITORY: repository = 'OWNER/kafka-ha' } = process.env;
  const [major] = version.split('.');
  const text = readFileSync(new URL('../cluster.schema.json', import.meta.url), 'utf8');
  return text.replace('OWNER/kafka-ha/v1', `${repository}/v${major}`);
}
