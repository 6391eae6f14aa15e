import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KafkaHaError, messageOf } from '@kafka-ha/base';
import type { DrillOutcome, Ledger } from '@kafka-ha/history';
import { drillJson, drillMarkdown, drillPage } from '@kafka-ha/report';

/** Writes a page for people, a summary for GitHub and the results for machines. Returns the page's path. */
export async function writeReport(
  folder: string,
  outcomes: readonly DrillOutcome[],
  ledger: Ledger,
): Promise<string> {
  const page = join(folder, 'drills.html');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(page, drillPage(outcomes, { ledger }));
    await writeFile(join(folder, 'drills.md'), drillMarkdown(outcomes, { ledger }));
    await writeFile(join(folder, 'drills.json'), drillJson(outcomes));
  } catch (error) {
    throw new KafkaHaError(
      'invalid-usage',
      `the report cannot be written to ${folder}: ${messageOf(error)}`,
      {
        hint: 'Name a folder that can be written, with --report.',
        cause: error,
      },
    );
  }
  return page;
}
