import { readFileSync } from 'node:fs';

type Manifest = { version: string; repository?: { url: string } };

export function ownVersion(): string {
  return ownManifest().version;
}

/** Where the actions of the release are that this package is of, as `OWNER/kafka-ha@v1`; undefined in a clone. */
export function ownActions(): string | undefined {
  return actionsOf(ownManifest());
}

export function actionsOf({ version, repository }: Manifest): string | undefined {
  const [, name] = /^git\+https:\/\/github\.com\/([^/]+\/[^/]+)\.git$/.exec(repository?.url ?? '') ?? [];
  return name === undefined ? undefined : `${name}@v${version.split('.')[0]}`;
}

/** It is above `src` and above `lib` alike. */
function ownManifest(): Manifest {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest;
}
