import type { FieldChange } from './field-changes.ts';

/**
 * Whether a pod can be given what changes while it runs: the CPU that it is promised, and nothing else. Whatever the JVM
 * reads at its start, as all that follows from memory, is in its arguments or in its files, and so another change.
 *
 * @param changes of a pod's template, with paths from its root
 */
export function isResize(changes: readonly FieldChange[]): boolean {
  return changes.length > 0 && changes.every(({ path }) => cpuRequest.test(path));
}

const cpuRequest = /^spec\.containers\[[^\]]+\]\.resources\.requests\.cpu$/;
