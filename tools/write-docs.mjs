// Writes the tables of the documentation that follow from other files: inputs and outputs of the actions from their
// action.yml, the fields of the cluster file from its schema, findings and errors from their catalogues, settings of
// client libraries; and the workflows that
// `kafka-ha init` writes. With --check it only says
// which are out of date. Run through tsx: `npm run docs`.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { parse, stringify } from 'yaml';
import { format } from 'prettier';
import { errorCatalogue } from '@kafka-ha/base';
import { parseClusterFile } from '@kafka-ha/config';
import { findingCatalogue } from '@kafka-ha/health';
import { clientLibraries, clientSettings, clientTerms } from '@kafka-ha/manifests';
import { placeholder } from '@kafka-ha/config/values';
import { workflowFiles } from '../apps/cli/src/init/workflow-files.ts';
import { alertRules, metricCatalogue } from '@kafka-ha/metrics';

const root = new URL('..', import.meta.url);
const onlyCheck = process.argv.includes('--check');
const stale = [];
/** Those that action.mjs runs. */
const rootCommands = ['validate', 'plan', 'deploy', 'upgrade', 'scale', 'failover-test', 'health', 'migrate'];

for (const app of await readdir(new URL('apps/', root))) {
  const file = `apps/${app}/action.yml`;
  if (existsSync(new URL(file, root)))
    await update(`apps/${app}/README.md`, actionTables(parse(await readFile(new URL(file, root), 'utf8'))));
}
await updateWhole('action.yml', await rootAction());
const schema = JSON.parse(await readFile(new URL('cluster.schema.json', root), 'utf8'));
await update('docs/cluster-file.md', {
  fields: table(['field', 'default', 'what it is'], rowsOf(schema)),
  volumes: volumeTable(),
});
await update('docs/findings.md', { findings: findingTable() });
await update('docs/errors.md', { errors: errorTable() });
await update('docs/clients.md', { libraries: libraryTable(), settings: librarySettings(await example()) });
const workflows = workflowFiles({ actions: placeholder, file: 'kafka-ha.yaml', fitsRunner: true });
await update('docs/getting-started.md', Object.fromEntries(workflows.map(workflowBlock)));
await update('docs/monitoring.md', {
  unseen: unseenFindings(),
  metrics: metricTable(),
  alerts: alertSections(await example()),
});

for (const file of stale) console.log(`${file} is out of date: npm run docs`);
process.exitCode = stale.length === 0 ? 0 : 1;

function actionTables({ inputs, outputs }) {
  const inputRows = Object.entries(inputs).map(([name, { description, default: value = '' }]) => [
    code(name),
    value === '' ? '' : code(value),
    description,
  ]);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => [code(name), description]);
  return {
    inputs: table(['input', 'default', 'what it is'], inputRows),
    outputs: table(['output', 'what it is'], outputRows),
  };
}

/** The inputs and outputs of all that the root's action can run. What one of them takes by itself goes without a default here. */
async function rootAction() {
  const parts = await Promise.all(
    rootCommands.map(async (command) => ({
      command,
      ...parse(await readFile(new URL(`apps/${command}/action.yml`, root), 'utf8')),
    })),
  );
  const inputs = {
    command: { description: `What to do: ${rootCommands.join(', ')}.`, required: true },
    ...merged(parts, 'inputs', ({ description, default: value }) => ({
      description,
      required: false,
      // GitHub fills in its own; any other default is that of the command.
      ...(value?.includes('${{') && { default: value }),
    })),
  };
  return stringify(
    {
      name: 'kafka-ha',
      description:
        'A highly available Kafka on Kubernetes: proven, planned, deployed, scaled, drilled and watched.',
      author: 'kafka-ha',
      branding: { icon: 'layers', color: 'blue' },
      inputs,
      outputs: merged(parts, 'outputs', ({ description }) => ({ description })),
      runs: { using: 'node24', main: 'action.mjs' },
    },
    { lineWidth: 120 },
  );
}

/** Each with the commands that have it, where these are not all. */
function merged(parts, list, entryOf) {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part[list])))];
  return Object.fromEntries(
    names.map((name) => {
      const having = parts.filter((part) => name in part[list]);
      const entry = entryOf(having[0][list][name]);
      const of =
        having.length === parts.length ? '' : ` (${having.map(({ command }) => command).join(', ')})`;
      return [name, { ...entry, description: `${entry.description.trim()}${of}` }];
    }),
  );
}

function workflowBlock({ path, text }) {
  return [path.split('/').at(-1), `\`\`\`yaml\n${text}\`\`\``];
}

function findingTable() {
  const rows = Object.entries(findingCatalogue).map(([name, { severity, title, meaning, action }]) => [
    code(name),
    severity,
    `${title}. ${meaning}`,
    action,
  ]);
  return table(['code', 'severity', 'what it is', 'what to do'], rows);
}

function errorTable() {
  const rows = Object.entries(errorCatalogue).map(([name, { meaning, action }]) => [
    code(name),
    meaning,
    action,
  ]);
  return table(['code', 'what it is', 'what to do'], rows);
}

function libraryTable() {
  const rows = Object.entries(clientLibraries).map(([name, { title, language, defaults, withDefaults }]) => [
    `[${title}](#${name})`,
    language,
    `${defaults.acks}; ${defaults.idempotent}; ${defaults.givesUpAfter}`,
    withDefaults,
  ]);
  return table(['library', 'for', 'acks; idempotent; gives up after', 'with its defaults'], rows);
}

/** Of the example, under a heading each by which `--library` names it. */
function librarySettings(spec) {
  const languages = {
    sarama: 'go',
    'franz-go': 'go',
    kafkajs: 'js',
    platformatic: 'js',
    aiokafka: 'python',
    'kafka-python': 'python',
  };
  return Object.keys(clientLibraries)
    .map((name) => {
      const text = clientSettings(clientTerms(spec), name);
      return `### ${name}\n\n\`\`\`${languages[name] ?? 'properties'}\n${text}\`\`\``;
    })
    .join('\n\n');
}

/** Those that the exporter does not have. */
function unseenFindings() {
  const unseen = Object.entries(findingCatalogue).filter(([, { kubernetesOnly }]) => kubernetesOnly);
  return `${unseen.map(([name]) => code(name)).join(', ')}.`;
}

function metricTable() {
  const rows = Object.entries(metricCatalogue).map(([name, { kind, labels, help }]) => [
    code(name),
    kind,
    labels.map(code).join(', '),
    help,
  ]);
  return table(['metric', 'kind', 'labels', 'what it is'], rows);
}

async function example() {
  return parseClusterFile(await readFile(new URL('cluster.yaml', root), 'utf8'), { file: 'cluster.yaml' })
    .spec;
}

/** Of five brokers whose file has nothing but what the titles say. */
function volumeTable() {
  const retentions = ['6h', '24h', '72h'];
  const loads = ['10MB/s', '25MB/s', '50MB/s', '100MB/s'].flatMap((rate) => [4, 1].map((by) => [rate, by]));
  const rows = loads.map(([rate, compression]) => [
    rate,
    String(compression),
    ...retentions.map((retention) => {
      const storage = { size: '1Gi', retention, throughput: '2GB/s' };
      const topics = [{ name: 'events', partitions: 20 }];
      const file = { name: 'events', ingest: { rate, compression }, storage, topics };
      const { spec } = parseClusterFile(JSON.stringify(file), { file: 'of the table' });
      return `${spec.storage.sizeBytes / 2 ** 30}Gi`;
    }),
  ]);
  return table(['`ingest.rate`', '`ingest.compression`', ...retentions.map(code)], rows);
}

/** A heading for each, which the alert links to. */
function alertSections(spec) {
  return alertRules(spec)
    .map(({ alert, expr, forSeconds, severity, description, action }) => {
      const said = description.replaceAll(/\{\{[^}]*\}\} is used\. /g, '');
      const when = `**${severity}**, once this has been so for ${forSeconds} s:`;
      return `### ${alert}\n\n${when}\n\n\`\`\`promql\n${expr}\n\`\`\`\n\n${said} ${action}`;
    })
    .join('\n\n');
}

/** One row for each field, with those below it after it. What is in a list's items or a map's values stands below `[]`, `*`. */
function rowsOf({ properties = {} }, path = '') {
  return Object.entries(properties).flatMap(([key, field]) => {
    const name = `${path}${key}`;
    return [
      [code(name), defaultOf(field), field.description ?? ''],
      ...rowsOf(field, `${name}.`),
      ...rowsOf(field.items ?? {}, `${name}[].`),
    ];
  });
}

/** A section's default is that of its fields. */
function defaultOf(field) {
  const { default: value } = field;
  return value === undefined || field.properties !== undefined ? '' : code(JSON.stringify(value));
}

function code(text) {
  return `\`${text}\``;
}

function table(titles, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

async function updateWhole(file, text) {
  const url = new URL(file, root);
  const after = await format(`# Written by tools/write-docs.mjs from those of apps.\n${text}`, {
    parser: 'yaml',
    ...(await options()),
  });
  if (existsSync(url) && (await readFile(url, 'utf8')) === after) return;
  stale.push(file);
  if (!onlyCheck) await writeFile(url, after);
}

/** Replaces what stands between `<!-- NAME: generated -->` and `<!-- end -->`. */
async function update(file, parts) {
  const url = new URL(file, root);
  const before = await readFile(url, 'utf8');
  let after = before;
  for (const [name, text] of Object.entries(parts)) {
    const place = new RegExp(`(<!-- ${name}: generated -->)[\\s\\S]*?(<!-- end -->)`);
    if (!place.test(after)) throw new Error(`${file} has no place for ${name}`);
    after = after.replace(place, (_, begin, end) => `${begin}\n\n${text}\n\n${end}`);
  }
  after = await format(after, { parser: 'markdown', printWidth: 120, ...(await options()) });
  if (after === before) return;
  stale.push(file);
  if (!onlyCheck) await writeFile(url, after);
}

async function options() {
  return JSON.parse(await readFile(new URL('.prettierrc.json', root), 'utf8'));
}
