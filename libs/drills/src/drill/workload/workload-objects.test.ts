import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { defaultLoad, workloadObjects } from './workload-objects.ts';

const options = { runId: 'r1', load: defaultLoad, bundle: 'the program' };

describe('workloadObjects', () => {
  test('a load is one container with its program, and no file beside it', () => {
    const { configMap, containers } = objects();
    expect(configMap).toMatchObject({ data: { 'workload.cjs': 'the program' } });
    expect(configMap).not.toHaveProperty('binaryData');
    expect(containers.map(({ name }) => name)).toEqual(['workload']);
    expect(settingsOf(containers)).not.toHaveProperty('jvmPort');
  });

  test('with the Java client a JVM runs beside it, on the image of the brokers, set as applications are told to', () => {
    const spec = aSpec({ ingest: { compression: 4 } });
    const { configMap, containers } = objects({ jar: 'UEsDBA==' }, spec);
    expect(configMap).toMatchObject({
      data: {
        'workload.cjs': 'the program',
        'producer.properties': expect.stringContaining('acks=all\n'),
        'consumer.properties': expect.stringContaining('CooperativeStickyAssignor'),
      },
      binaryData: { 'client.jar': 'UEsDBA==' },
    });
    // The load reads by itself what Java has written.
    expect(JSON.stringify(configMap)).not.toContain('compression');
    const java = containers.find(({ name }) => name === 'java');
    expect(java).toMatchObject({ image: spec.images.kafka, command: ['java'] });
    expect(java?.args).toContain('/workload/client.jar:/opt/kafka/libs/*');
    expect(java?.args).toContain(String(settingsOf(containers).jvmPort));
  });

  test('a writer that may write twice is one with Java, too', () => {
    const load = { ...defaultLoad, idempotent: false };
    const { configMap } = objects({ jar: 'UEsDBA==', load });
    expect(JSON.stringify(configMap)).toContain('enable.idempotence=false');
  });

  type Container = { name: string; args?: string[]; env?: { value: string }[] };

  function objects(change: object = {}, spec = aSpec()) {
    const { configMap, job } = workloadObjects(spec, { ...options, ...change });
    const { template } = job.spec as { template: { spec: { containers: Container[] } } };
    return { configMap, containers: template.spec.containers };
  }

  function settingsOf([load]: Container[]): { jvmPort?: number } {
    return JSON.parse(load?.env?.[0]?.value ?? '{}') as { jvmPort?: number };
  }
});
