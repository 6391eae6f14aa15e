import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildProgram } from '../program.ts';
import { completionScript } from './completion-script.ts';

const { signal } = new AbortController();
const program = buildProgram({ signal, outcome: { exitCode: 0 } });

describe('completion', () => {
  test.each([
    [['de'], ['deploy', 'delete']],
    [['local', 'd'], ['down']],
    [['deploy', '--del'], ['--delete-records']],
    [['local', 'up', '--file', 'x', '--wor'], ['--workers']],
    [
      ['local', 'up', '--provider', ''],
      ['auto', 'kind', 'namespaces'],
    ],
    [['--json', 'hea'], ['health']],
    [['health', '--js'], ['--json']],
    [['deploy', '--file', './x'], []],
  ])('bash completes %j', (words, expected) => {
    const given = ['kafka-ha', ...words].map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${given}); COMP_CWORD=${words.length}; _kafka_ha; printf '%s\n' "\${COMPREPLY[@]}"`;
    const said = execFileSync('bash', ['-c', `${completionScript(program, 'bash')}\n${ask}`]).toString();
    expect(said.split('\n').filter((line) => line !== '')).toEqual(expected);
  });

  test('zsh and fish get every command and every option, with what it does', () => {
    for (const shell of ['zsh', 'fish'] as const) {
      const script = completionScript(program, shell);
      for (const command of program.commands)
        expect(script).toContain(command.summary().replaceAll("'", '’'));
      expect(script).toContain('delete-records');
    }
  });

  test.each(['zsh', 'fish'] as const)('%s can read what is for it, where it is installed', (shell) => {
    const path = [`/usr/bin/${shell}`, `/bin/${shell}`].find((each) => existsSync(each));
    if (path === undefined) return;
    execFileSync(path, [shell === 'zsh' ? '-n' : '--no-execute', '/dev/stdin'], {
      input: completionScript(program, shell),
    });
  });
});
