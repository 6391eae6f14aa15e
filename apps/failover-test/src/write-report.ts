import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrillOutcome } from '@kafka-ha/history';
import { drillJson, drillPage } from '@kafka-ha/report';

/** A page for people and the results for machines, for the artifact. */
export async function writeReport(folder: string, outcomes: readonly DrillOutcome[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'drills.html'), drillPage(outcomes));
  await writeFile(join(folder, 'drills.json'), drillJson(outcomes));
}
