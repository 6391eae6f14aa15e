import type { Edit } from './edit-cluster-file.ts';

/** What gives a cluster file these numbers of brokers, and of brokers that may be lost; one that is not given stays. */
export function brokerEdits(numbers: { brokers: number | undefined; tolerance: number | undefined }): Edit[] {
  return Object.entries(numbers).flatMap(([key, value]) =>
    value === undefined ? [] : [{ path: [key] as const, value }],
  );
}
