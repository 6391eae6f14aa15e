import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type ActionYml = {
  name: string;
  description: string;
  inputs: Record<string, { description: string; required: boolean; default?: string }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string; post?: string; 'post-if'?: string };
};

export function readActionYml(app: string): ActionYml {
  const file = new URL(`../../../../apps/${app}/action.yml`, import.meta.url);
  return parse(readFileSync(file, 'utf8')) as ActionYml;
}
