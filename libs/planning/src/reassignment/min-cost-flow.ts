/** From `least` to `most` units may flow, at `cost` each; all are whole numbers. */
export type Arc = { from: number; to: number; least?: number; most: number; cost: number };

/** `supplies[node]` units start at a node, or end there where it is negative; together they are zero. */
export type Network = { supplies: readonly number[]; arcs: readonly Arc[] };

export type Flow = {
  /** Units on each arc, in the order of the arcs. */
  units: Int32Array;
  /**
   * What a unit is worth at each node, up to a constant. Along an arc that could take more it rises by the arc's cost at
   * most, and along one that could take less by that at least, each within `1 / (1 + the sum of most − least)`.
   */
  prices: Float64Array;
};

/** By how much the error that is allowed shrinks from one round to the next. */
const scalingFactor = 16;

/** Nodes up to which prices are updated only where it takes long. */
const smallNetwork = 1_000;

/**
 * The cheapest flow that brings all supplies to where they end. Exact: whole numbers throughout.
 *
 * Cost scaling by push and relabel (Goldberg and Tarjan, "Finding minimum-cost circulations by successive approximation",
 * 1990): a flow whose every arc is optimal but for an error ε becomes one with ε/16, until ε is too small to matter. Of the
 * exact methods it is the one whose time hardly depends on how many replicas move. Global price updates (Goldberg, "An
 * efficient implementation of a scaling minimum-cost flow algorithm", 1997) keep it near to linear: without them an excess
 * wanders about until the price of all nodes around it has fallen step by step.
 *
 * @throws RangeError where no flow fits.
 */
export function minCostFlow({ supplies, arcs }: Network): Flow {
  const residual = residualNetwork(supplies.length, arcs);
  const excess = Float64Array.from(supplies);
  for (const { from, to, least = 0 } of arcs) {
    excess[from]! -= least;
    excess[to]! += least;
  }
  const scale = 1 + arcs.reduce((sum, { least = 0, most }) => sum + most - least, 0);
  const costs = new Float64Array(2 * arcs.length);
  for (const [index, { cost }] of arcs.entries()) {
    costs[2 * index] = cost * scale;
    costs[2 * index + 1] = -cost * scale;
  }
  const prices = new Float64Array(supplies.length);
  let error = costs.reduce((most, cost) => Math.max(most, cost), 1);
  do {
    error = Math.max(1, Math.floor(error / scalingFactor));
    refine(residual, { costs, prices, excess, error });
  } while (error > 1);

  const units = Int32Array.from(arcs, ({ least = 0 }, index) => least + residual.room[2 * index + 1]!);
  return { units, prices: prices.map((price) => price / scale) };
}

/** Arc `i` of the network is `2i` here, and `2i + 1` is its way back. */
type Residual = {
  /** How much more may flow. */
  room: Int32Array;
  head: Int32Array;
  /** The arcs that leave node `n` are `leaving[first[n]]` to `leaving[first[n + 1] - 1]`. */
  first: Int32Array;
  leaving: Int32Array;
};

function residualNetwork(nodes: number, arcs: readonly Arc[]): Residual {
  const room = new Int32Array(2 * arcs.length);
  const head = new Int32Array(2 * arcs.length);
  const first = new Int32Array(nodes + 1);
  for (const [index, { from, to, least = 0, most }] of arcs.entries()) {
    room[2 * index] = most - least;
    head[2 * index] = to;
    head[2 * index + 1] = from;
    first[from + 1]! += 1;
    first[to + 1]! += 1;
  }
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;
  const next = first.slice(0, nodes);
  const leaving = new Int32Array(2 * arcs.length);
  for (let arc = 0; arc < head.length; arc++) {
    const tail = head[arc ^ 1]!;
    leaving[next[tail]!] = arc;
    next[tail]! += 1;
  }
  return { room, head, first, leaving };
}

type Round = { costs: Float64Array; prices: Float64Array; excess: Float64Array; error: number };

/** Makes every arc with room cost at least −error, seen from the prices, and no node keep an excess. */
function refine({ room, head, first, leaving }: Residual, { costs, prices, excess, error }: Round): void {
  const nodes = prices.length;
  const reduced = (arc: number) => costs[arc]! + prices[head[arc ^ 1]!]! - prices[head[arc]!]!;
  for (let arc = 0; arc < head.length; arc++) {
    const units = room[arc]!;
    if (units === 0 || reduced(arc) >= 0) continue;
    room[arc] = 0;
    room[arc ^ 1]! += units;
    excess[head[arc ^ 1]!]! -= units;
    excess[head[arc]!]! += units;
  }

  const active: number[] = [];
  for (let node = 0; node < nodes; node++) if (excess[node]! > 0) active.push(node);
  const current = first.slice(0, nodes);
  const relabelsUntilUpdate = Math.max(nodes, smallNetwork);
  let relabels = 0;
  if (nodes >= smallNetwork) updatePrices();
  for (let turn = 0; turn < active.length; turn++) {
    const node = active[turn]!;
    while (excess[node]! > 0) {
      if (current[node] === first[node + 1]) {
        if (relabels < relabelsUntilUpdate) relabel(node);
        else updatePrices();
      }
      const arc = leaving[current[node]!]!;
      if (room[arc]! > 0 && reduced(arc) < 0) push(arc, node);
      else current[node]! += 1;
    }
  }

  function push(arc: number, node: number): void {
    const to = head[arc]!;
    const units = Math.min(excess[node]!, room[arc]!);
    room[arc]! -= units;
    room[arc ^ 1]! += units;
    excess[node]! -= units;
    if (excess[to]! <= 0 && excess[to]! + units > 0) active.push(to);
    excess[to]! += units;
  }

  function relabel(node: number): void {
    let highest = -Infinity;
    for (let at = first[node]!; at < first[node + 1]!; at++) {
      const arc = leaving[at]!;
      if (room[arc]! > 0) highest = Math.max(highest, prices[head[arc]!]! - costs[arc]!);
    }
    if (highest === -Infinity) throw new RangeError('no flow fits the network');
    prices[node] = highest - error;
    current[node] = first[node]!;
    relabels += 1;
  }

  /**
   * Lowers each price by as many errors as its node is away from the nearest lack, each arc counted by how far it is from
   * taking more: then every excess has a way there, step by step.
   */
  function updatePrices(): void {
    const away = new Float64Array(nodes).fill(Infinity);
    const settled = new Uint8Array(nodes);
    const queue = new NearestFirst();
    let excesses = 0;
    for (let node = 0; node < nodes; node++) {
      if (excess[node]! > 0) excesses += 1;
      if (excess[node]! >= 0) continue;
      away[node] = 0;
      queue.add(node, 0);
    }
    let farthest = 0;
    while (excesses > 0) {
      const node = queue.take();
      // An excess from which no way leads to any lack.
      if (node === undefined) throw new RangeError('no flow fits the network');
      if (settled[node] === 1) continue;
      settled[node] = 1;
      farthest = away[node]!;
      if (excess[node]! > 0) excesses -= 1;
      for (let at = first[node]!; at < first[node + 1]!; at++) {
        const back = leaving[at]! ^ 1;
        const from = head[back ^ 1]!;
        if (room[back] === 0 || settled[from] === 1) continue;
        const distance = farthest + Math.floor(reduced(back) / error) + 1;
        if (distance >= away[from]!) continue;
        away[from] = distance;
        queue.add(from, distance);
      }
    }
    for (let node = 0; node < nodes; node++)
      prices[node]! -= error * (settled[node] === 1 ? away[node]! : farthest);
    current.set(first.subarray(0, nodes));
    relabels = 0;
  }
}

/** A binary heap. A node that has come nearer is in it twice, and is taken at its nearest first. */
class NearestFirst {
  readonly #nodes: number[] = [];
  readonly #distances: number[] = [];

  add(node: number, distance: number): void {
    let at = this.#nodes.length;
    for (let above = (at - 1) >> 1; at > 0 && this.#distances[above]! > distance; above = (at - 1) >> 1) {
      this.#put(at, this.#nodes[above]!, this.#distances[above]!);
      at = above;
    }
    this.#put(at, node, distance);
  }

  take(): number | undefined {
    const nearest = this.#nodes[0];
    const node = this.#nodes.pop();
    const distance = this.#distances.pop();
    const size = this.#nodes.length;
    if (node === undefined || distance === undefined || size === 0) return nearest;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < size && this.#distances[below + 1]! < this.#distances[below]!) below += 1;
      if (below >= size || this.#distances[below]! >= distance) break;
      this.#put(at, this.#nodes[below]!, this.#distances[below]!);
      at = below;
    }
    this.#put(at, node, distance);
    return nearest;
  }

  #put(at: number, node: number, distance: number): void {
    this.#nodes[at] = node;
    this.#distances[at] = distance;
  }
}
