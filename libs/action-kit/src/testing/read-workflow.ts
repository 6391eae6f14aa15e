import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Workflow = {
  jobs: Record<string, { needs?: string[]; if?: string; steps?: { run?: string }[] }>;
};

export function readWorkflow(name: string): Workflow {
  const file = new URL(`../../../../.github/workflows/${name}`, import.meta.url);
  return parse(readFileSync(file, 'utf8')) as Workflow;
}
