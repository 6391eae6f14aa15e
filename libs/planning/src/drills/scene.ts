import { groupBy, KafkaHaError } from '@kafka-ha/base';
import type { Victim } from '@kafka-ha/history';
import { components, ofComponent, type QuorumComponent } from '@kafka-ha/manifests';

/** The cluster at the moment before a fault, as far as the choice of its victims depends on it. */
export type FaultScene = {
  brokers: readonly SceneBroker[];
  /** The servers that keep the metadata: of a migration, both kinds. */
  quorum: readonly SceneServer[];
  /** Where the drill's own load runs: no fault of a whole node is made there. */
  loadNode: string;
  /** Brokers that may be lost at once. */
  tolerance: number;
  /** Counts the drills of this kind: where several victims are as good, they take turns. */
  turn: number;
};

export type SceneBroker = {
  id: number;
  pod: string;
  node: string;
  /** Partitions of the drill's topic that it leads. */
  leads: number;
  controls: boolean;
  /** Undefined where its node is in none. */
  zone?: string;
};

export type SceneServer = Victim & { leads: boolean; zone?: string };

/** The broker that leads most, and not the controller where another does as well: that is a drill of its own. */
export function brokerThatLeadsMost({ brokers, turn }: FaultScene, among = brokers): Victim {
  const most = Math.max(...among.map(({ leads }) => leads));
  const leaders = among.filter(({ leads }) => leads === most);
  const others = leaders.filter(({ controls }) => !controls);
  const candidates = others.length > 0 ? others : leaders;
  const broker = candidates[turn % candidates.length];
  if (broker === undefined) throw new KafkaHaError('unhealthy', 'there is no broker for the drill');
  return asVictim(broker);
}

/** As above, on a node that does not also run the load; nor the active controller, where another does as well. */
export function brokerOnAnotherNode(scene: FaultScene): Victim {
  const active = scene.quorum.find(({ component, leads }) => component === 'controller' && leads);
  const elsewhere = scene.brokers
    .filter(({ node }) => node !== scene.loadNode)
    .map((broker) => ({ ...broker, controls: broker.controls || broker.node === active?.node }));
  return brokerThatLeadsMost(scene, elsewhere);
}

/** The broker that is the controller, or the active one of the controllers. */
export function controller({ brokers, quorum }: FaultScene): Victim {
  const broker = brokers.find(({ controls }) => controls);
  if (broker !== undefined) return asVictim(broker);
  const active = ofComponent(quorum, 'controller').find(({ leads }) => leads);
  if (active === undefined) throw new KafkaHaError('unhealthy', 'there is no controller');
  return withoutRole(active);
}

export function quorumLeader({ quorum }: FaultScene, component: QuorumComponent): Victim {
  const found = ofComponent(quorum, component).find(({ leads }) => leads);
  if (found === undefined)
    throw new KafkaHaError('unhealthy', `no ${components[component].noun} is the leader`);
  return withoutRole(found);
}

/** The smallest majority of the servers that keep the metadata, the leader among them. */
export function quorumMajority({ quorum }: FaultScene, component: QuorumComponent): Victim[] {
  const servers = ofComponent(quorum, component);
  const leaderFirst = servers.toSorted((a, b) => Number(b.leads) - Number(a.leads));
  const majority = Math.floor(servers.length / 2) + 1;
  return leaderFirst.slice(0, majority).map(withoutRole);
}

/** Each turn another pair; after as many turns as there are pairs, each was taken once. */
export function pairOfBrokers({ brokers, turn }: FaultScene): Victim[] {
  const pairs = pairsOf(brokers);
  return (pairs[turn % pairs.length] ?? []).map(asVictim);
}

/**
 * The pods of one zone, of those zones that have most brokers: where the load does not run, and no more than may be lost.
 * Where servers do not know their zones, those on the nodes of its brokers.
 */
export function podsOfZone({ brokers, quorum, loadNode, tolerance, turn }: FaultScene): Victim[] {
  const zones = [...groupBy(brokers, ({ zone }) => zone)].flatMap(([zone, inside]) => {
    if (zone === undefined) return [];
    const itsOwn = inside.map(({ node }) => node);
    const servers = quorum.filter((server) => server.zone === zone || itsOwn.includes(server.node));
    return [{ nodes: [...itsOwn, ...servers.map(({ node }) => node)], inside, servers }];
  });
  const isMinority = (servers: readonly Victim[]) =>
    servers.every(({ component }) => {
      const [lost, all] = [ofComponent(servers, component), ofComponent(quorum, component)];
      return lost.length <= Math.ceil(all.length / 2) - 1;
    });
  const bearable = zones.filter(
    ({ inside, servers, nodes }) =>
      inside.length <= tolerance && isMinority(servers) && !nodes.includes(loadNode),
  );
  const most = Math.max(...bearable.map(({ inside }) => inside.length));
  const candidates = bearable.filter(({ inside }) => inside.length === most);
  const zone = candidates[turn % candidates.length];
  if (zone === undefined)
    throw new KafkaHaError(
      'unhealthy',
      'there is no zone for the drill: none, or each holds more than may be lost',
    );
  return [...zone.inside.map(asVictim), ...zone.servers.map(withoutRole)];
}

/**
 * All pods on the nodes of a pair of brokers, those of the first node first: where the load does not run, nor a second broker,
 * which could not be evicted beside the first.
 */
export function podsOfTwoNodes({ brokers, quorum, loadNode, turn }: FaultScene): Victim[] {
  const nodes = [...groupBy(brokers, ({ node }) => node)];
  const pairs = pairsOf(nodes.filter(([node, inside]) => node !== loadNode && inside.length === 1));
  const pair = pairs[turn % pairs.length];
  if (pair === undefined)
    throw new KafkaHaError(
      'unhealthy',
      'there are no two nodes with one broker each for the drill, beside that of the load',
    );
  return pair.flatMap(([place, inside]) => [
    ...inside.map(asVictim),
    ...quorum.filter(({ node }) => node === place).map(withoutRole),
  ]);
}

/** All pairs in a fixed order. */
export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second): [T, T] => [first, second]));
}

function asVictim({ id, pod, node }: SceneBroker): Victim {
  return { component: 'kafka', pod, node, ordinal: id };
}

function withoutRole({ component, pod, node, ordinal }: Victim): Victim {
  return { component, pod, node, ordinal };
}
