import { describe, expect, test } from '@jest/globals';
import { KafkaHaError } from '@kafka-ha/base';
import { chooseWay, type Machine } from './prerequisites.ts';

/** A freshly installed Debian with Go. */
function aMachine(differences: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    root: true,
    docker: false,
    kind: null,
    inotifyInstances: 8192,
    go: '1.26.8',
    aptGet: true,
    overlay: false,
    missingCommands: [],
    ...differences,
  };
}

function lacksOf(machine: Machine, provider: 'auto' | 'kind' | 'namespaces' = 'auto'): readonly string[] {
  try {
    chooseWay(machine, provider);
  } catch (error) {
    if (error instanceof KafkaHaError && error.code === 'missing-prerequisite') return error.details;
    throw error;
  }
  return [];
}

describe('prerequisites', () => {
  test('a Docker daemon that answers is preferred', () => {
    expect(chooseWay(aMachine({ docker: true }), 'auto').provider).toBe('kind');
  });

  test('without Docker, nodes are made of namespaces', () => {
    expect(chooseWay(aMachine(), 'auto')).toEqual({
      provider: 'namespaces',
      packages: [],
      warnings: [],
    });
  });

  test('whoever asks for namespaces gets them, Docker or not', () => {
    expect(chooseWay(aMachine({ docker: true }), 'namespaces').provider).toBe('namespaces');
  });

  test('all that is missing is named at once, each with its remedy', () => {
    const machine = aMachine({
      platform: 'darwin',
      arch: 'arm64',
      root: false,
      go: null,
      aptGet: false,
      overlay: true,
    });
    expect(lacksOf(machine)).toEqual([
      expect.stringMatching(/darwin on arm64: .*Linux on x64/),
      expect.stringMatching(/not root: run as root/),
      expect.stringMatching(/no Go: install Go 1\.21/),
      expect.stringMatching(/no apt-get: use Debian/),
      expect.stringMatching(/overlay file system: mount a disk/),
    ]);
  });

  test.each(['1.20.14', '1.9', '0.99'])('Go %s is too old', (go) => {
    expect(lacksOf(aMachine({ go }))).toEqual([`Go is ${go}: install Go 1.21 or later`]);
  });

  test.each(['1.21.0', '1.26.8', '2.0'])('Go %s will do', (go) => {
    expect(lacksOf(aMachine({ go }))).toEqual([]);
  });

  test('what apt can bring is no lack: its packages are told, each once', () => {
    const { packages } = chooseWay(
      aMachine({ missingCommands: ['mvn', 'javac', 'unshare', 'flock'] }),
      'auto',
    );
    expect(packages).toEqual(['maven', 'default-jdk-headless', 'util-linux']);
  });

  test('kind needs none of what namespaces need, and no Go where kind is installed', () => {
    const machine = aMachine({ platform: 'darwin', arch: 'arm64', root: false, docker: true, aptGet: false });
    expect(lacksOf(machine)).toEqual([]);
    expect(lacksOf({ ...machine, go: null, kind: '0.31.0' })).toEqual([]);
    expect(lacksOf({ ...machine, go: null })).toEqual([
      'there is no Go: install Go 1.21 or later, or install kind 0.31 or later',
    ]);
  });

  test('a kind that is too old counts as none', () => {
    const machine = aMachine({ docker: true, go: null, kind: '0.30.0' });
    expect(lacksOf(machine)).toEqual([expect.stringMatching(/install kind 0\.31 or later$/)]);
    expect(lacksOf({ ...machine, kind: '1.0.0' })).toEqual([]);
  });

  test('few inotify instances are named with their remedy to whom kind makes the nodes for', () => {
    const machine = aMachine({ docker: true, inotifyInstances: 128 });
    expect(chooseWay(machine, 'auto').warnings).toEqual([
      expect.stringMatching(/128 inotify instances .*sysctl fs\.inotify\.max_user_instances=8192$/),
    ]);
    expect(chooseWay(machine, 'namespaces').warnings).toEqual([]);
    expect(chooseWay({ ...machine, inotifyInstances: 256 }, 'auto').warnings).toEqual([]);
    expect(chooseWay({ ...machine, inotifyInstances: null }, 'auto').warnings).toEqual([]);
  });

  test('kind without a Docker daemon is refused', () => {
    expect(lacksOf(aMachine(), 'kind')).toEqual(['no Docker daemon answers: start Docker']);
  });
});
