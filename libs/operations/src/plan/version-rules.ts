import { releaseOfMetadata, metadataFeature, type Spec } from '@kafka-ha/config';
import { components, quorumComponentOf } from '@kafka-ha/manifests';
import { metadataRefusals, versionRefusals } from '@kafka-ha/planning';
import type { Cluster } from '@kafka-ha/cluster';
import { readRunningMetadata } from './read-running-metadata.ts';
import { readRunningVersions } from './read-running-versions.ts';
import type { Refusal } from './refusal.ts';

/** How an upgrade is made of two steps, in either mode. */
export type VersionRules = {
  /** What stays as it is while the binaries change, by its field of `versions`. */
  lagging: 'interBrokerProtocol' | 'metadata';
  /** What runs now. */
  read: (cluster: Cluster) => Promise<RunningVersions>;
};

export type RunningVersions = {
  /** What the field of `lagging` is in fact; undefined where nothing has run yet. */
  lagging: string | undefined;
  /** Why these versions cannot follow, as sentences; none: they can. */
  refusals: (wanted: Spec['versions']) => string[];
};

export function versionRulesOf(spec: Pick<Spec, 'mode'>): VersionRules {
  return components[quorumComponentOf(spec)].hasFeatures ? ofMetadata : ofProtocol;
}

const ofProtocol: VersionRules = {
  lagging: 'interBrokerProtocol',
  read: async (cluster) => {
    const running = await readRunningVersions(cluster);
    const protocols = running.brokers.map(({ protocol }) => protocol);
    return {
      lagging: protocols.sort().at(-1),
      refusals: (wanted) => versionRefusals({ ...running, wanted }),
    };
  },
};

const ofMetadata: VersionRules = {
  lagging: 'metadata',
  read: async (cluster) => {
    const { nodes, finalized } = await readRunningMetadata(cluster);
    if (finalized === undefined) return { lagging: undefined, refusals: () => [] };
    return {
      lagging: releaseOfMetadata(finalized[metadataFeature] ?? 0),
      refusals: (wanted) => metadataRefusals({ nodes, finalized, wanted }),
    };
  },
};

/** Why the file's versions cannot follow on those that run; none: they can. */
export async function readVersionRefusals(cluster: Cluster): Promise<Refusal[]> {
  const { versions } = cluster.spec;
  const { lagging, read } = versionRulesOf(cluster.spec);
  const running = await read(cluster);
  return running.refusals(versions).map((why) => ({
    code: 'conflict',
    why: `The versions cannot be changed like this: ${why}.`,
    hint: `Upgrade the binaries first, and versions.${lagging} later. \`kafka-ha upgrade\` does both steps.`,
  }));
}
