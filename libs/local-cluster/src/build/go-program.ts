import { symlink } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { goModule } from '../paths.ts';
import { runCommand } from '../run-command.ts';
import { versions } from '../versions.ts';
import { artefact, type Artefact } from './artefact.ts';
import { contentOf } from './cache-key.ts';
import { goProgress } from './go-progress.ts';

const component = 'k8s.io/component-base/version';

/** All of Kubernetes and CoreDNS in one program: see go/kubernetes/main.go. Nine minutes on two cores when Go has nothing cached. */
export const kubernetesProgram = () =>
  goProgram('kubernetes', {
    linkerFlags: [
      `-X ${component}.gitVersion=v${versions.kubernetes}`,
      `-X ${component}.gitMajor=${versions.kubernetes.split('.')[0]}`,
      `-X ${component}.gitMinor=${versions.kubernetes.split('.')[1]}`,
    ],
    alsoCalled: ['kubelet', 'kubeadm', 'kubectl'],
  });

export const pauseProgram = () => goProgram('pause');

export const ncProgram = () => goProgram('nc');

type GoOptions = { linkerFlags?: string[]; alsoCalled?: string[] };

/** The program of the Go module of that name, compiled to `<artefact>/<name>`; it needs no library of the machine. */
function goProgram(name: string, { linkerFlags = [], alsoCalled = [] }: GoOptions = {}): Artefact {
  const flags = [...reproducible, withoutDwarf, '-ldflags', ['-s -w', ...linkerFlags].join(' ')];
  return artefact(name, [flags, alsoCalled, contentOf(goModule(name))], async (context, directory) => {
    const options = { cwd: goModule(name), env: { ...standalone, ...collectRarely() } };
    const narrated = goProgress(context.say);
    context.say('looking through its packages');
    const packages = await runCommand(context, ['go', 'list', '-deps', '.'], {
      ...options,
      onLine: narrated.download,
    });
    const total = packages.trimEnd().split('\n').length;
    context.say('linking');
    await runCommand(context, ['go', 'build', '-v', ...flags, '-o', join(directory, name), '.'], {
      ...options,
      onLine: (line) => narrated.compile(line, total),
    });
    for (const other of alsoCalled) await symlink(name, join(directory, other));
  });
}

const reproducible = ['-trimpath', '-buildvcs=false'];

/** The linker leaves out what debuggers read, so compilers need not make it: a fifth of what a large package takes. */
const withoutDwarf = '-gcflags=all=-dwarf=false';

const standalone = { CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOWORK: 'off' };

/**
 * A quarter of what a compiler does is to collect garbage that goes with it anyway. There is one a processor: those few
 * that need much begin to collect when all of them would hold half the memory of the machine.
 */
function collectRarely(): { GOGC: string; GOMEMLIMIT: string } {
  const mebibytes = Math.floor(totalmem() / 2 / availableParallelism() / 2 ** 20);
  return { GOGC: 'off', GOMEMLIMIT: `${Math.max(512, mebibytes)}MiB` };
}
