import { describe, expect, test } from '@jest/globals';
import { ofComponent, type QuorumComponent } from '@kafka-ha/manifests';
import {
  brokerOnAnotherNode,
  brokerThatLeadsMost,
  controller,
  pairOfBrokers,
  podsOfTwoNodes,
  podsOfZone,
  quorumLeader,
  quorumMajority,
  type FaultScene,
} from './scene.ts';

describe('scene', () => {
  test('the broker that leads most is taken, also where it is the controller', () => {
    const scene = aScene({ leads: [4, 5, 9, 4, 4], controllerId: 2 });
    expect(brokerThatLeadsMost(scene).pod).toBe('events-kafka-2');
  });

  test('of several that lead as much, the controller is spared and the others take turns', () => {
    const scene = aScene({ leads: [4, 4, 4, 4, 4], controllerId: 1 });
    const taken = [0, 1, 2, 3, 4].map((turn) => brokerThatLeadsMost({ ...scene, turn }).ordinal);
    expect(taken).toEqual([0, 2, 3, 4, 0]);
  });

  test('no fault of a whole node is made where the load runs', () => {
    const scene = aScene({ leads: [4, 4, 9, 4, 4], loadNode: 'node-2' });
    expect(brokerOnAnotherNode(scene).node).not.toBe('node-2');
  });

  test('the node of the active controller is spared where another broker leads as much', () => {
    const scene = aScene({ quorumLeader: 1, keeper: 'controller', controllerId: null });
    const taken = [0, 1, 2, 3].map((turn) => brokerOnAnotherNode({ ...scene, turn }).ordinal);
    expect(taken).toEqual([0, 2, 3, 4]);
    expect(brokerThatLeadsMost({ ...scene, turn: 1 }).ordinal).toBe(1);
    const most = aScene({ quorumLeader: 1, keeper: 'controller', controllerId: null, leads: [4, 9, 4] });
    expect(brokerOnAnotherNode(most).ordinal).toBe(1);
  });

  test('the node of the ZooKeeper leader is not spared', () => {
    const scene = aScene({ quorumLeader: 1, controllerId: 0 });
    expect(brokerOnAnotherNode(scene).ordinal).toBe(1);
  });

  test('the controller and the ZooKeeper leader are those of the moment', () => {
    const scene = aScene({ controllerId: 3, quorumLeader: 2 });
    expect(controller(scene)).toEqual({
      component: 'kafka',
      pod: 'events-kafka-3',
      node: 'node-3',
      ordinal: 3,
    });
    expect(quorumLeader(scene, 'zookeeper')).toMatchObject({
      component: 'zookeeper',
      pod: 'events-zookeeper-2',
    });
  });

  test('without a controller there is nobody to take', () => {
    expect(() => controller(aScene({ controllerId: null }))).toThrow('there is no controller');
  });

  test('in a migration the controller is a broker, or the active one of those that take over', () => {
    const [ofZookeeper, ofControllers] = [
      aScene({ quorumLeader: 2, controllerId: null }),
      aScene({ quorumLeader: 1, keeper: 'controller', controllerId: null }),
    ];
    const both = { ...ofZookeeper, quorum: [...ofZookeeper.quorum, ...ofControllers.quorum] };
    expect(controller(both)).toMatchObject({ component: 'controller', ordinal: 1 });
    expect(quorumLeader(both, 'zookeeper')).toMatchObject({ component: 'zookeeper', ordinal: 2 });
    expect(quorumMajority(both, 'controller').map(({ pod }) => pod)).toEqual([
      'events-controller-1',
      'events-controller-0',
    ]);
    const withBroker = aScene({ controllerId: 3 });
    expect(controller({ ...both, brokers: withBroker.brokers })).toMatchObject({ ordinal: 3 });
  });

  test('in a migration a zone may hold one server of each quorum', () => {
    const scene = aZonedScene({}, (id) => zones[id]);
    const { quorum } = aScene({ keeper: 'controller' });
    const both = { ...scene, loadNode: 'node-2', quorum: [...scene.quorum, ...quorum] };
    expect(podsOfZone(both).map(({ pod }) => pod)).toEqual([
      'events-kafka-0',
      'events-kafka-3',
      'events-zookeeper-0',
      'events-controller-0',
    ]);
  });

  test('a majority of ZooKeeper is two of three, the leader among them', () => {
    const ordinals = quorumMajority(aScene({ quorumLeader: 2 }), 'zookeeper').map(({ ordinal }) => ordinal);
    expect(ordinals).toEqual([2, 0]);
  });

  test('ten turns take each pair of five brokers once', () => {
    const scene = aScene({});
    const pairs = Array.from({ length: 10 }, (_, turn) =>
      pairOfBrokers({ ...scene, turn })
        .map(({ ordinal }) => ordinal)
        .join(),
    );
    expect(new Set(pairs).size).toBe(10);
    expect(pairOfBrokers({ ...scene, turn: 10 })).toEqual(pairOfBrokers({ ...scene, turn: 0 }));
  });

  /** As the local cluster has them: in turn, so that a and b have two. */
  const zones = ['a', 'b', 'c', 'a', 'b'];

  function aZonedScene(options: Parameters<typeof aScene>[0], zoneOf: (id: number) => string | undefined) {
    const scene = aScene(options);
    return { ...scene, brokers: scene.brokers.map((broker) => ({ ...broker, zone: zoneOf(broker.id) })) };
  }

  test('a zone goes with all that runs on its nodes, in turn, but never the one of the load', () => {
    const scene = aZonedScene({}, (id) => zones[id]);
    const taken = (turn: number, loadNode: string) =>
      podsOfZone({ ...scene, turn, loadNode }).map(({ pod }) => pod);
    const a = ['events-kafka-0', 'events-kafka-3', 'events-zookeeper-0'];
    const b = ['events-kafka-1', 'events-kafka-4', 'events-zookeeper-1'];
    expect([taken(0, 'node-2'), taken(1, 'node-2'), taken(2, 'node-2')]).toEqual([a, b, a]);
    expect([taken(0, 'node-3'), taken(1, 'node-3')]).toEqual([b, b]);
  });

  test('a server on a node of its own goes with its zone', () => {
    const scene = aZonedScene({}, (id) => zones[id]);
    const quorum = scene.quorum.map((server, nth) => ({
      ...server,
      node: `node-${5 + nth}`,
      zone: zones[nth],
    }));
    const taken = (loadNode: string) => podsOfZone({ ...scene, quorum, loadNode }).map(({ pod }) => pod);
    expect(taken('node-2')).toEqual(['events-kafka-0', 'events-kafka-3', 'events-zookeeper-0']);
    expect(taken('node-5')).toEqual(['events-kafka-1', 'events-kafka-4', 'events-zookeeper-1']);
  });

  test.each<[string, Partial<FaultScene>, (id: number) => string | undefined]>([
    ['more brokers than may be lost', { tolerance: 1 }, (id) => ['a', 'a', 'b', 'b', 'b'][id]],
    ['a majority of the quorum', {}, (id) => (id < 2 ? 'a' : undefined)],
    ['nothing, for there are no zones', {}, () => undefined],
  ])('a zone with %s is left alone', (_, differing, zoneOf) => {
    expect(() => podsOfZone({ ...aZonedScene({}, zoneOf), ...differing })).toThrow(
      'there is no zone for the drill',
    );
  });

  test('two nodes go with all that runs on them, another pair each turn, but never the one of the load', () => {
    const scene = aScene({ loadNode: 'node-1' });
    const taken = (turn: number) => podsOfTwoNodes({ ...scene, turn }).map(({ pod }) => pod);
    const servers = ['events-zookeeper-0', 'events-zookeeper-2'];
    expect(taken(0)).toEqual(['events-kafka-0', servers[0], 'events-kafka-2', servers[1]]);
    expect(taken(5)).toEqual(['events-kafka-3', 'events-kafka-4']);
    expect(taken(6)).toEqual(taken(0));
  });

  test('of two nodes neither has a second broker, for which the budget would have no room', () => {
    const scene = aScene({});
    const onNodes = (nodes: readonly number[]) => ({
      ...scene,
      brokers: scene.brokers.map((broker, id) => ({ ...broker, node: `node-${nodes[id]}` })),
    });
    const taken = (turn: number) =>
      ofComponent(podsOfTwoNodes({ ...onNodes([0, 0, 3, 4, 5]), turn }), 'kafka').map(({ pod }) => pod);
    expect([0, 1, 2, 3].map(taken)).toEqual([
      ['events-kafka-2', 'events-kafka-3'],
      ['events-kafka-2', 'events-kafka-4'],
      ['events-kafka-3', 'events-kafka-4'],
      ['events-kafka-2', 'events-kafka-3'],
    ]);
    expect(() => podsOfTwoNodes(onNodes([0, 0, 1, 1, 2]))).toThrow(
      'there are no two nodes with one broker each for the drill',
    );
  });

  function aScene({
    leads = [4, 4, 4, 4, 4],
    controllerId = 0,
    quorumLeader = 0,
    loadNode = 'node-9',
    keeper = 'zookeeper',
  }: {
    leads?: number[];
    controllerId?: number | null;
    quorumLeader?: number;
    loadNode?: string;
    keeper?: QuorumComponent;
  }): FaultScene {
    return {
      brokers: leads.map((leads, id) => ({
        id,
        pod: `events-kafka-${id}`,
        node: `node-${id}`,
        leads,
        controls: id === controllerId,
      })),
      quorum: [0, 1, 2].map((ordinal) => ({
        component: keeper,
        ordinal,
        pod: `events-${keeper}-${ordinal}`,
        node: `node-${ordinal}`,
        leads: ordinal === quorumLeader,
      })),
      loadNode,
      tolerance: 2,
      turn: 0,
    };
  }
});
