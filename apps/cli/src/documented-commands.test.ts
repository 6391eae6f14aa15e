import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { messageOf } from '@kafka-ha/base';
import { CommanderError, type Command } from 'commander';
import { buildProgram } from './program.ts';

const root = new URL('../../../', import.meta.url).pathname;
const docs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(root.length));
const files = ['README.md', 'CONTRIBUTING.md', 'apps/cli/README.md', ...docs];

describe('documented commands', () => {
  test.each(files)('what %s has somebody run is what the tool takes', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const commands = file.endsWith('.md') ? commandsOfPage(text) : commandsOfRecipe(text);
    expect(commands.map((line) => [line, refusalOf(line)]).filter(([, why]) => why !== undefined)).toEqual(
      [],
    );
  });

  test('they are found, on pages and in recipes', () => {
    const found = (file: string) => readFileSync(join(root, file), 'utf8');
    expect(commandsOfPage(found('README.md')).length).toBeGreaterThan(25);
    expect(commandsOfPage(found('docs/operations.md'))).toContain('rebuild --controller 1');
    expect(commandsOfRecipe(found('docs/recipes/Jenkinsfile'))).toEqual([
      'validate',
      'plan',
      'plan --json',
      'deploy --plan plan.json',
    ]);
    expect(commandsOfRecipe(found('docs/recipes/gitops/health-cronjob.yaml'))).toEqual([
      'health --file /work/kafka-ha.yaml',
    ]);
    expect(refusalOf('deploy --plam plan.json')).toContain("unknown option '--plam'");
  });
});

/** In blocks without a language every command, in the text those with options that leave nothing to fill in. */
function commandsOfPage(page: string): string[] {
  const blocks = [...page.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const words = page.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`((?:npx )?kafka-ha [a-z-][^`\n]*)`/g);
  const inText = [...words]
    .map(([, line = '']) => line)
    .filter((line) => line.includes(' -') && !/\b[A-Z]+\b|[[|…]/.test(line));
  return [...blocks.flatMap((block) => block.split('\n')), ...inText].flatMap(commandsIn);
}

/** Lines for a shell, and lists of arguments. */
function commandsOfRecipe(recipe: string): string[] {
  const lists = [...recipe.matchAll(/^ *arg[sv]: \[(?:kafka-ha, )?(.*)\]$/gm)].map(([, list = '']) =>
    list.replaceAll(', ', ' '),
  );
  const lines = [...recipe.matchAll(/^ *(?:- |sh '|command = ")?(kafka-ha [a-z].*)$/gm)];
  const plain = lines.map(([, line = '']) => line.replaceAll(/\$\$\{.*\}/g, '').replaceAll('\\"', '"'));
  return [...plain.flatMap(commandsIn), ...lists.filter((list) => /^[a-z]/.test(list))];
}

/** What stands behind the tool's name, up to where the shell goes on with something else. */
function commandsIn(line: string): string[] {
  const commands = line.split(/ # | {2,}|\||&&|>|\$\(|\)|<\(/).map((part) => part.trim());
  return commands.flatMap((command) => {
    const [, words] = /^(?:\$ |source )?(?:npx )?kafka-ha(?:@[\w.]+)? (.*)$/.exec(command) ?? [];
    return words === undefined ? [] : [words.replace(/['"]$/, (quote) => closing(words, quote))];
  });
}

/** A quote that nothing has opened is that of the line around the command. */
function closing(words: string, quote: string): string {
  return words.split(quote).length % 2 === 0 ? '' : quote;
}

/** Why the tool would not take it; undefined where it would. Nothing is run. */
function refusalOf(line: string): string | undefined {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  const { signal } = new AbortController();
  try {
    inert(buildProgram({ signal, outcome: { exitCode: 0 } })).parse(words, { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    return messageOf(error);
  }
}

function inert(command: Command): Command {
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  command.commands.forEach(inert);
  return command;
}
