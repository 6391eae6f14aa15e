import { ofBrokers } from './catalogue/brokers.ts';
import { ofCluster } from './catalogue/cluster.ts';
import { ofControllers } from './catalogue/controllers.ts';
import { ofPlacement } from './catalogue/placement.ts';
import { ofPods } from './catalogue/pods.ts';
import { ofTopics } from './catalogue/topics.ts';
import { ofZookeeper } from './catalogue/zookeeper.ts';

/** What the documentation says about one kind of finding. */
export type CatalogueEntry = {
  /** An error breaks the promise now, or leaves it unproven; a warning will, or costs something. */
  severity: 'error' | 'warning';
  /** Nobody can find it who does not look at Kubernetes. */
  kubernetesOnly?: true;
  title: string;
  meaning: string;
  /** What to do, where the finding itself knows nothing better. */
  action: string;
};

const entries = {
  ...ofPods,
  ...ofBrokers,
  ...ofZookeeper,
  ...ofControllers,
  ...ofPlacement,
  ...ofTopics,
  ...ofCluster,
} as const satisfies Record<string, CatalogueEntry>;

/** A kind of finding that `assess` can raise. Codes are stable: scripts may rely on them. */
export type FindingCode = keyof typeof entries;

/** What is cause stands before what follows from it. */
const importance = [
  'statefulset-missing',
  'statefulset-replicas-differ',
  'broker-missing',
  'broker-cut-off',
  'broker-fenced',
  'broker-metadata-old',
  'disk-full',
  'controller-volume-empty',
  'pod-missing',
  'pod-waiting',
  'pod-not-ready',
  'zookeeper-several-leaders',
  'zookeeper-standalone',
  'zookeeper-no-leader',
  'zookeeper-server-missing',
  'zookeeper-server-not-serving',
  'zookeeper-followers-not-synced',
  'controllers-none-active',
  'controller-missing',
  'controller-not-serving',
  'controller-behind',
  'source-unreadable',
  'no-controller',
  'controller-not-registered',
  'partitions-offline',
  'partitions-under-min-isr',
  'partitions-under-replicated',
  'topic-breaks-promise',
  'min-isr-outranked',
  'topic-unclean-election',
  'internal-topic-missing',
  'topic-missing',
  'broker-unexpected',
  'brokers-share-node',
  'zookeeper-share-node',
  'stale-registration',
  'feature-behind',
  'removed-config-left',
  'disk-nearly-full',
  'consumer-near-retention',
  'disk-unreadable',
  'detail-unreadable',
  'exporter-not-ready',
  'pod-restarted',
  'pods-outdated',
  'statefulset-not-observed',
  'topic-partitions-differ',
  'leaders-not-preferred',
  'migration-in-progress',
  'leaders-uneven',
  'broker-rack-differs',
  'zone-holds-too-many',
  'zones-not-heeded',
  'policies-not-enforced',
  'reassignment-ongoing',
  'throttle-left',
] as const satisfies readonly FindingCode[];

/** Every kind of finding, in the order of importance. A code that has no place in it is an error of types. */
export const findingCatalogue: Readonly<Record<FindingCode, CatalogueEntry>> = Object.fromEntries(
  importance.map((code) => [code, entries[code]]),
) as Record<(typeof importance)[number], CatalogueEntry>;
