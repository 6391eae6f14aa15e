import { describe, expect, test } from '@jest/globals';
import { fakeObjects } from '@kafka-ha/cluster/testing';
import { parseClusterFile } from '@kafka-ha/config';
import { renderObjects } from '@kafka-ha/manifests';
import { readVersionRefusals } from '../plan/version-rules.ts';
import { prepareUpgrade, type UpgradeStep } from './prepare-upgrade.ts';
import { warnOfWayBack } from './warn-of-way-back.ts';

const { signal } = new AbortController();

/** Controllers and brokers of this version; no controller answers, and the features are what was deployed last. */
function aClusterOn(kafka: string, metadata: string) {
  const pod = (name: string, container: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `events-${name}`, namespace: 'kafka' },
    spec: { containers: [{ name: container, image: `apache/kafka:${kafka}` }] },
  });
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'events-quorum', namespace: 'kafka' },
    data: { 'metadata-release': metadata, formed: 'true' },
  };
  return [pod('controller-0', 'controller'), pod('kafka-0', 'kafka'), pod('kafka-1', 'kafka'), config];
}

const fileOf = (versions: string) => ({
  file: 'cluster.yaml',
  text: `name: events\nmode: kraft # ours\nversions: ${versions}\n`,
});

async function prepare(
  objects: Parameters<typeof fakeObjects>[0],
  versions: string,
  step: UpgradeStep,
): Promise<string | undefined> {
  await using fake = await fakeObjects(objects);
  const file = fileOf(versions);
  const { spec } = parseClusterFile(file.text, file);
  const { text } = await prepareUpgrade({ kube: fake.kube, spec, signal }, step, file);
  return text.split('\n').find((line) => line.startsWith('versions'));
}

describe('prepareUpgrade', () => {
  test('the binaries change, and the metadata stays what it is', async () => {
    expect(await prepare(aClusterOn('3.9.2', '3.9'), '{ kafka: 3.9.2 }', { kafka: '4.4.0' })).toBe(
      "versions: { metadata: '3.9', kafka: 4.4.0 }",
    );
    expect(
      await prepare(aClusterOn('4.4.0', '3.9'), "{ kafka: 4.4.0, metadata: '3.9' }", { kafka: '3.9.2' }),
    ).toBe("versions: { kafka: 3.9.2, metadata: '3.9' }");
  });

  test('what it says then can be deployed, the exporter with its program', async () => {
    const text = 'name: events\nmode: kraft\nversions: { kafka: 3.9.2 }\nmetrics: {}\n';
    const { spec } = parseClusterFile(text, { file: 'f' });
    const withProgram = { ...spec, metrics: { ...spec.metrics!, program: 'run()' } };
    await using fake = await fakeObjects(aClusterOn('3.9.2', '3.9'));
    const cluster = { kube: fake.kube, spec: withProgram, signal };
    const upgraded = await prepareUpgrade(cluster, { kafka: '4.4.0' }, { file: 'f', text });
    const exporter = renderObjects(upgraded.spec).find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'events-exporter',
    );
    expect(exporter?.['data']).toMatchObject({
      'exporter.cjs': 'run()',
      'spec.json': expect.stringContaining('4.4.0'),
    });
  });

  test('then the metadata becomes that of the binaries, and once it is there is nothing to change', async () => {
    const raised = "versions: { kafka: 4.4.0, metadata: '4.4' }";
    const before = "{ kafka: 4.4.0, metadata: '3.9' }";
    expect(await prepare(aClusterOn('4.4.0', '3.9'), before, 'finalize')).toBe(raised);
    expect(await prepare(aClusterOn('4.4.0', '4.4'), raised.slice('versions: '.length), 'finalize')).toBe(
      raised,
    );
  });

  test.each<[string, string, string, UpgradeStep, string]>([
    ['4.4.0', '4.4', '{ kafka: 4.4.0 }', { kafka: '3.9.2' }, 'there is no way back from it'],
    ['3.9.2', '3.9', "{ kafka: 4.4.0, metadata: '3.9' }", 'finalize', 'still runs 3.9.2'],
  ])('on %s with metadata %s, %s does not go on with %j', async (kafka, metadata, versions, step, why) => {
    await expect(prepare(aClusterOn(kafka, metadata), versions, step)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(why),
    });
  });

  test('a version that this mode does not have is refused by the file', async () => {
    await expect(
      prepare(aClusterOn('4.4.0', '3.9'), "{ kafka: 4.4.0, metadata: '3.9' }", { kafka: '3.8.1' }),
    ).rejects.toMatchObject({
      code: 'invalid-cluster-file',
      details: [expect.stringContaining('Kafka 3.8.1 is not supported with mode: kraft')],
    });
  });

  test('where no quorum has formed yet there is nothing to upgrade, and nothing to refuse', async () => {
    const unformed = aClusterOn('4.4.0', '4.4').map((object) =>
      'data' in object ? { ...object, data: { 'metadata-release': '4.4' } } : object,
    );
    await expect(prepare(unformed, '{ kafka: 4.4.0 }', { kafka: '4.3.1' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await using fake = await fakeObjects(unformed);
    const { spec } = parseClusterFile(fileOf('{ kafka: 4.2.2 }').text, { file: 'f' });
    expect(await readVersionRefusals({ kube: fake.kube, spec, signal })).toEqual([]);
  });

  test('a deployment is refused what the command is, and told which field comes later', async () => {
    await using fake = await fakeObjects(aClusterOn('3.9.2', '3.9'));
    const { spec } = parseClusterFile(fileOf('{ kafka: 4.4.0 }').text, { file: 'f' });
    expect(await readVersionRefusals({ kube: fake.kube, spec, signal })).toEqual([
      {
        code: 'conflict',
        why: 'The versions cannot be changed like this: metadata 4.4 needs every controller and broker to run Kafka 4.4, but events-controller-0 still runs 3.9.2: keep versions.metadata at "3.9" for now.',
        hint: 'Upgrade the binaries first, and versions.metadata later. `kafka-ha upgrade` does both steps.',
      },
    ]);
  });

  test.each([
    { from: '4.4.0', to: '3.9.2', warnings: 1 },
    { from: '4.3.1', to: '3.9.2', warnings: 0 },
    { from: '3.9.2', to: '4.4.0', warnings: 0 },
  ])(
    'back from $from to $to: $warnings warnings of how volumes were formatted',
    async ({ from, to, warnings }) => {
      await using fake = await fakeObjects(aClusterOn(from, '3.9'));
      const { spec } = parseClusterFile(fileOf(`{ kafka: ${to}, metadata: '3.9' }`).text, { file: 'f' });
      const told: string[] = [];
      for await (const { kind } of warnOfWayBack({ kube: fake.kube, spec, signal })) told.push(kind);
      expect(told).toEqual(Array(warnings).fill('warning'));
    },
  );
});
