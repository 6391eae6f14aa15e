import { setSecret } from '@actions/core';

export type Secrets = {
  /** Nothing that holds one of these may be printed before. */
  add: (secrets: readonly string[]) => void;
  /** Masks them in what the runner does not look through: comments, artifacts. */
  redact: (text: string) => string;
};

export function openSecrets(): Secrets {
  const known = new Set<string>();
  return {
    add(secrets) {
      for (const secret of secrets) {
        known.add(secret);
        setSecret(secret);
      }
    },
    redact(text) {
      // The longest first: one secret may be a part of another.
      const longestFirst = [...known].sort((a, b) => b.length - a.length);
      return longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text);
    },
  };
}
