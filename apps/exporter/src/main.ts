import { readFileSync } from 'node:fs';
import type { Spec } from '@kafka-ha/config';
import { exporterPort } from '@kafka-ha/manifests';
import { runExporter } from './run-exporter.ts';

/** Which spec it reads the cluster against is in the file that this variable names. */
const specVariable = 'KAFKA_HA_EXPORTER_SPEC';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());

const file = process.env[specVariable];
if (file === undefined) throw new Error(`${specVariable} is not set`);
// As `kafka-ha` has parsed and proven it.
const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;

runExporter(spec, {
  port: exporterPort,
  log: (text) => void process.stderr.write(`${new Date().toISOString()} ${text}\n`),
  signal: stop.signal,
}).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
