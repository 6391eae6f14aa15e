import { OPERATION } from '@kafka-ha/kafka-protocol';

type ConfigChange = { name: string; operation: number; value: string | null };

/** Keys to set and, where the value is `null`, to take back. */
export function configChanges(changes: Readonly<Record<string, string | null>>): ConfigChange[] {
  return Object.entries(changes).map(([name, value]) => ({
    name,
    operation: value === null ? OPERATION.delete : OPERATION.set,
    value,
  }));
}
