/** Whether a setting that Kafka does not know, such as a plugin's, is a secret by its name. */
export function isSecret(key: string): boolean {
  return /(^|[._-])(passw(or)?d|passphrase|secret|token|credentials?|jaas[._-]config|(api|access|private|secret)[._-]?key)$/i.test(
    key,
  );
}
