import type { Spec } from './spec.ts';

/**
 * The tolerance that the cluster file gives a topic of others by name; undefined where it gives none. The whole name counts
 * before a beginning, a longer beginning before a shorter one.
 */
export function toleranceOf({ otherTopics }: Pick<Spec, 'otherTopics'>, topic: string): number | undefined {
  const fitting = otherTopics.filter(({ name }) =>
    name.endsWith('*') ? topic.startsWith(name.slice(0, -1)) : topic === name,
  );
  const [nearest] = fitting.sort((a, b) => nearness(b.name) - nearness(a.name));
  return nearest?.tolerance;
}

function nearness(name: string): number {
  return name.endsWith('*') ? name.length - 1 : Infinity;
}
