import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const exec = promisify(execFile);
const root = new URL('../../../', import.meta.url).pathname;

type Look = { cpuMs: number; asked: { kubernetes: number; kafka: number } };
type Line = { partitions: number; measured: Record<'health' | 'plan' | 'gate' | 'reassignment', Look> };

/**
 * How many times as long ten times the partitions may take, where what is quadratic takes a hundred times. Half of what a small
 * cluster takes is the same for any, as its brokers are as many: so linear looks come to two to five. A reassignment is almost all
 * computing, on which a processor's caches, too small for the large one, tell: seven to ten. CPU time, for others use this machine.
 */
const mostTimes = { health: 10, plan: 10, gate: 10, reassignment: 20 };
/** With what a process takes to start, to load this project and to play 50 brokers. */
const heapMb = 300;

test('50 brokers with 10,000 partitions take a time that is linear in them, in 300 MB of heap', async () => {
  const args = ['3', '250', '1000', '10000'];
  const { stdout } = await exec(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, '--import', 'tsx', 'tools/measure-large-clusters.mjs', ...args],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const [small, large] = lines.slice(-2) as [Line, Line];
  expect([small.partitions, large.partitions]).toEqual([1000, 10_000]);
  const looks = Object.keys(large.measured) as (keyof Line['measured'])[];
  const tooSlow = looks.filter(
    (look) => large.measured[look].cpuMs > mostTimes[look] * small.measured[look].cpuMs,
  );
  expect({ tooSlow, lines: tooSlow.length === 0 ? [] : lines }).toEqual({ tooSlow: [], lines: [] });
  // Whatever the number of partitions, so is that of the requests.
  const requests = ({ measured }: Line) => looks.map((look) => measured[look].asked.kubernetes);
  expect(requests(large)).toEqual(requests(small));
}, 300_000);
