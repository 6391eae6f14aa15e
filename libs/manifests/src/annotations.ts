/**
 * The configuration of a pod is part of its template, not a ConfigMap: so a revision of the StatefulSet is whole. A
 * container that restarts in the middle of a roll keeps the configuration that its pod was made with, and going back to
 * a former revision brings the former configuration back, too.
 */
export function configAnnotation(file: string): string {
  return `kafka-ha/${file}`;
}

/** On a StatefulSet: the uids of the pods that somebody asked to be restarted. */
export const restartAnnotation = 'kafka-ha/restart';
