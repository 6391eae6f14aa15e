import type { Pod } from '@kafka-ha/kube';

/** Of the image's tag, e.g. `3.9.2` of `apache/kafka:3.9.2@sha256:…`. */
export function imageVersion({ spec }: Pod, container: string): string | undefined {
  const containers = spec.containers as { name: string; image?: string }[];
  const image = containers.find(({ name }) => name === container)?.image ?? '';
  return /:(\d+\.\d+\.\d+)[^/]*$/.exec(image.split('@')[0] ?? '')?.[1];
}
