import { Argument, type Command } from 'commander';
import { newCommand } from '../options.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

/** `kafka-ha completion`: of whatever the program that it is part of has. */
export function completionCommand(): Command {
  return newCommand('completion', 'print what makes a shell complete commands and options')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .addHelpText('after', help)
    .action(async (shell: (typeof shells)[number], _, self: Command) => {
      const { completionScript } = await import('../output/completion-script.ts');
      process.stdout.write(completionScript(self.parent!, shell));
    });
}

const help = `
  $ source <(kafka-ha completion bash)                                           in ~/.bashrc
  $ source <(kafka-ha completion zsh)                                            in ~/.zshrc, after compinit
  $ kafka-ha completion fish > ~/.config/fish/completions/kafka-ha.fish`;
