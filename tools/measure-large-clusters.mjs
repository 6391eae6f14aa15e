// Measures what looks at a whole cluster where that is large: 50 brokers in memory that speak Kafka's protocol through
// port-forwards of an API server on the loopback. One JSON document for each number of partitions. Run through tsx, with the
// heap that is to be enough: `npm run measure:large`.
import process from 'node:process';
import { aSpec } from '@kafka-ha/config/testing';
import { largeCluster } from '@kafka-ha/cluster/testing';
import { looks } from '@kafka-ha/operations/testing';

const [factor = '3', perTopic = '50', ...sizes] = process.argv.slice(2);
const tolerance = (Number(factor) - 1) / 2;
const spec = aSpec({ mode: 'kraft', brokers: 50, tolerance });

// The first run of each compiles it.
for (const partitions of [Math.min(...sizes.map(Number)), ...sizes.map(Number)]) {
  const measured = {};
  const there = await largeCluster(spec, { partitions, perTopic: Number(perTopic) });
  for (const [name, look] of Object.entries(looks)) {
    globalThis.gc?.();
    const before = there.asked();
    const cpu = process.cpuUsage();
    const from = performance.now();
    const result = await look(there.cluster);
    const { user, system } = process.cpuUsage(cpu);
    const after = there.asked();
    const asked = Object.fromEntries(Object.entries(after).map(([key, count]) => [key, count - before[key]]));
    measured[name] = {
      result,
      wallMs: Math.round(performance.now() - from),
      cpuMs: Math.round((user + system) / 1000),
      asked,
    };
  }
  await there[Symbol.asyncDispose]();
  process.stdout.write(`${JSON.stringify({ partitions, measured })}\n`);
}
