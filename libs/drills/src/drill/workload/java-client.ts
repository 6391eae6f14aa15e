import type { Spec } from '@kafka-ha/config';
import {
  clientTerms,
  type GuestContainer,
  javaConsumer,
  javaProducer,
  toProperties,
} from '@kafka-ha/manifests';

/** Where the load finds it, within their pod. */
export const jvmPort = 9400;
/** Beside that of the load. */
export const jvmContainer = 'java';

const files = { jar: 'client.jar', producer: 'producer.properties', consumer: 'consumer.properties' };

/** The settings with which the documentation has applications use it, in files; its classes as binary data. */
export function javaFiles(spec: Spec, { idempotent, jar }: { idempotent: boolean; jar: string }) {
  // The load reads everything back by itself, and only what is not compressed.
  const terms = { ...clientTerms(spec), compressed: false };
  const producer = { ...javaProducer(terms), 'enable.idempotence': String(idempotent) };
  return {
    data: { [files.producer]: toProperties(producer), [files.consumer]: toProperties(javaConsumer(terms)) },
    binaryData: { [files.jar]: jar },
  };
}

/** Kafka's own client on the image of the brokers, where its libraries are. `folder` has its files. */
export function javaContainer(spec: Spec, folder: string): GuestContainer {
  const path = (file: string) => `${folder}/${file}`;
  return {
    name: jvmContainer,
    image: spec.images.kafka,
    memory: '320Mi',
    command: ['java'],
    args: [
      '-Xms64m',
      '-Xmx128m',
      // Nothing may be written to the container's file system.
      '-XX:+PerfDisableSharedMem',
      '-cp',
      `${path(files.jar)}:/opt/kafka/libs/*`,
      'JavaClient',
      String(jvmPort),
      path(files.producer),
      path(files.consumer),
    ],
    volumeMounts: [{ name: 'program', mountPath: folder, readOnly: true }],
  };
}
