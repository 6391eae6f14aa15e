import { mkdir } from 'node:fs/promises';
import { imagesOf } from '../../images/images.ts';
import { inspectMachine, isInstalled } from '../../inspect-machine.ts';
import { kindProgram } from '../../kind/kind-program.ts';
import type { ImageVersions } from '../../local-cluster.ts';
import { prepareKernel } from '../../namespaces/kernel.ts';
import { stateRoot } from '../../paths.ts';
import { chooseWay } from '../../prerequisites.ts';
import { runCommand, type StepContext } from '../../run-command.ts';
import { withArchive } from '../images/with-archive.ts';
import { startDaemon, type Daemon } from './own-daemon.ts';
import { nodeImage, nodeImageName } from './node-image.ts';

/** A Docker that clusters of kind can be made in. */
export type DockerForTests = Daemon & {
  /** Whether it was made for the tests, of what this machine can have without a registry. */
  isOwn: boolean;
};

/** Why this machine has no Docker and cannot make one; undefined where it has or can. */
export async function whyNoDocker(): Promise<string | undefined> {
  const machine = await inspectMachine();
  if (machine.docker) return undefined;
  try {
    // What it takes is the same.
    chooseWay(machine, 'namespaces');
  } catch {
    return 'no Docker daemon answers, and this machine cannot make one: that takes Debian on x64, root and Go';
  }
  const missing = [
    ...machine.missingCommands,
    ...['jq', 'nsenter'].filter((program) => !isInstalled(program)),
  ];
  if (missing.length === 0) return undefined;
  return `no Docker daemon answers, and to make one lacks ${missing.join(', ')}`;
}

/** That of this machine, or else one of its own which has these images. Minutes where nothing is cached. */
export async function dockerForTests(images: ImageVersions, context: StepContext): Promise<DockerForTests> {
  if ((await inspectMachine()).docker)
    return { isOwn: false, env: {}, within: [], stop: async () => undefined };
  await mkdir(stateRoot, { recursive: true, mode: 0o700 });
  await prepareKernel(context);
  // The daemon's network leads nowhere: nothing can be fetched from it.
  await kindProgram(context);
  const daemon = await startDaemon(context);
  try {
    await loadImages(images, daemon, context);
  } catch (error) {
    await daemon.stop();
    throw error;
  }
  const env = { ...daemon.env, KAFKA_HA_KIND_NODE_IMAGE: nodeImageName };
  return { ...daemon, env, isOwn: true };
}

async function loadImages(versions: ImageVersions, { env }: Daemon, context: StepContext): Promise<void> {
  const ofPods = imagesOf(versions).filter(({ names }) =>
    names.some((name) => name.startsWith('docker.io/')),
  );
  const load = 'tar -C "$1" -cf - . | docker load';
  await withArchive([nodeImage(), ...ofPods], context, (folder) =>
    runCommand(context, ['sh', '-euc', load, 'sh', folder], { env }),
  );
}
