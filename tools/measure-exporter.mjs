// Measures what the exporter costs: its program as its pod runs it, for a minute and a quarter at each number of partitions, against 50
// brokers in memory that listen on the loopback. One group reads every partition, with `1000x20` as the number twenty. One JSON document
// for each number. Run through tsx on Linux: `npm run measure:exporter`.
import { spawn } from 'node:child_process';
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';
import { largeCluster } from '@kafka-ha/cluster/testing';
import { aSpec } from '@kafka-ha/config/testing';
import { withExporter } from '@kafka-ha/exporter';
import {
  brokerHost,
  controllerId,
  controllerPorts,
  exporterPort,
  hostOfPod,
  kafkaPorts,
  ordinals,
  podNameOf,
  podOf,
  renderObjects,
} from '@kafka-ha/manifests';

const brokers = 50;
const perTopic = 50;
const intervalMs = 15_000;
const readings = 5;
const ticksPerSecond = 100;

const folder = await mkdtemp(join(tmpdir(), 'measure-exporter-'));
try {
  for (const size of process.argv.slice(2)) {
    const [partitions, groups = 1] = size.split('x').map(Number);
    const told = { partitions, groups, ...(await measured(partitions, groups)) };
    process.stdout.write(`${JSON.stringify(told)}\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}

async function measured(partitions, groups) {
  const topics = ordinals(partitions / perTopic).map((topic) => ({
    name: `topic-${topic}`,
    partitions: perTopic,
  }));
  const spec = await withExporter(aSpec({ mode: 'kraft', brokers, tolerance: 1, topics, metrics: {} }));
  const there = await largeCluster(spec, { partitions, perTopic, groups });
  const listening = await listen(spec, there.dial);
  const exporter = await start(spec, listening.addresses);
  try {
    return await look(exporter, there.asked).catch((error) =>
      // A scrape fails a moment before its end is told.
      Promise.race([exporter.ended, sleep(1_000).then(() => Promise.reject(error))]),
    );
  } finally {
    await exporter.stop();
    listening.close();
    await there[Symbol.asyncDispose]();
  }
}

async function look(exporter, asked) {
  await sleep(intervalMs / 2);
  const cpuBefore = await exporter.cpuSeconds();
  const askedBefore = asked().kafka;
  const scrapes = [];
  for (let reading = 0; reading < readings; reading += 1) {
    await sleep(intervalMs);
    scrapes.push(await scrape());
  }
  const seconds = (readings * intervalMs) / 1000;
  const cpuSeconds = (await exporter.cpuSeconds()) - cpuBefore;
  const { text } = scrapes[scrapes.length - 1];
  return {
    readingSeconds: Number(/^kafka_ha_reading_duration_seconds\S* (.+)$/m.exec(text)?.[1]),
    slowestScrapeMs: Math.round(Math.max(...scrapes.map(({ ms }) => ms))),
    series: text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
    pageMib: round(text.length / 2 ** 20),
    ...(await exporter.memoryMib()),
    milliCpu: Math.round((1000 * cpuSeconds) / seconds),
    requestsPerMinute: Math.round((60 * (asked().kafka - askedBefore)) / seconds),
  };
}

/** Each broker and controller at an address of its own. */
async function listen(spec, dial) {
  const addresses = {};
  const servers = [];
  const open = async (id, { address, port, hosts }) => {
    for (const host of hosts) addresses[host] = address;
    const server = createServer((socket) => {
      const node = dial({ host: `kafka-${id}`, port });
      for (const end of [socket, node]) end.on('error', () => undefined);
      node.pipe(socket);
      let received = Buffer.alloc(0);
      // One request at a time, as those in memory expect it.
      socket.on('data', (bytes) => {
        received = Buffer.concat([received, bytes]);
        while (received.length >= 4 && received.length >= 4 + received.readInt32BE()) {
          const end = 4 + received.readInt32BE();
          node.write(received.subarray(0, end));
          received = received.subarray(end);
        }
      });
      socket.on('close', () => node.destroy());
    });
    server.listen(port, address);
    await once(server, 'listening');
    servers.push(server);
  };
  for (const id of ordinals(spec.brokers))
    await open(id, {
      address: `127.9.0.${id + 1}`,
      port: kafkaPorts.clients,
      hosts: [brokerHost(spec, id), hostOfPod(spec, podOf(spec, id))],
    });
  for (const ordinal of ordinals(spec.controllers.servers))
    await open(controllerId(ordinal), {
      address: `127.9.1.${ordinal + 1}`,
      port: controllerPorts.controller,
      hosts: [hostOfPod(spec, podNameOf(spec, 'controller', ordinal))],
    });
  return {
    addresses,
    close: () => servers.forEach((server) => server.close()),
  };
}

/** With the command, the heap and the limit of its pod; only the names of hosts are looked up here. */
async function start(spec, addresses) {
  const files = { program: join(folder, 'exporter.cjs'), spec: join(folder, 'spec.json') };
  const { program, ...metrics } = spec.metrics;
  await writeFile(files.program, program);
  await writeFile(files.spec, JSON.stringify({ ...spec, metrics: { ...metrics, intervalMs } }));
  const deployment = renderObjects(spec).find(({ kind }) => kind === 'Deployment');
  const [container] = deployment.spec.template.spec.containers;
  const [, ...options] = container.command.slice(0, -1);
  const lookup = `import dns from 'node:dns';
    const addresses = ${JSON.stringify(addresses)};
    dns.lookup = (host, options, done) => {
      const address = addresses[host] ?? host;
      setImmediate(() => options.all ? done(null, [{ address, family: 4 }]) : done(null, address, 4));
    };`;
  const nodeOptions = [...options, '--import', `data:text/javascript,${encodeURIComponent(lookup)}`];
  const child = spawn(process.execPath, [...nodeOptions, files.program], {
    env: { KAFKA_HA_EXPORTER_SPEC: files.spec },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ endedBy: signal ?? code }));
  const read = (name) => readFile(`/proc/${child.pid}/${name}`, 'utf8');
  let own = 0;
  const looking = setInterval(async () => {
    own = Math.max(own, mibOf(await read('status').catch(() => ''), 'RssAnon'));
  }, 100);
  return {
    ended,
    cpuSeconds: async () => {
      const fields = (await read('stat')).replace(/^.*\) /, '').split(' ');
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    },
    memoryMib: async () => ({
      mostOwnMib: own,
      programMib: mibOf(await read('status'), 'RssFile'),
      limitMib: parseInt(container.resources.limits.memory, 10),
    }),
    stop: async () => {
      clearInterval(looking);
      child.kill();
      await ended;
    },
  };
}

async function scrape() {
  const from = performance.now();
  const text = await (await globalThis.fetch(`http://127.0.0.1:${exporterPort}/metrics`)).text();
  return { text, ms: performance.now() - from };
}

function mibOf(status, field) {
  return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
