import { groupName } from '../form-group.ts';
import { consumeWithLibrary } from '../library-group.ts';
import type { OpenClient } from '../load-client.ts';
import { orAborted } from '../or-aborted.ts';
import { javaGroup } from './java-group.ts';
import { Jvm } from './jvm.ts';
import { writeWith } from './write-with.ts';

/** Kafka's own client, in a JVM beside the load. */
export const openJava: OpenClient = async (settings, shared, deadline) => {
  const { topic, run, coordinator, consumers, jvmPort } = settings;
  if (jvmPort === undefined) throw new Error('the Java client needs the setting jvmPort');
  const name = consumers === 0 ? null : await groupName(run, coordinator, shared);
  const group = javaGroup(consumers);
  const jvm = await Jvm.connect(jvmPort, (heard) => group.hear(heard));
  try {
    await orAborted(jvm.ask('open', topic, `kafka-ha-workload-${run}`), deadline);
    // At last: a member that is given up keeps its partitions until its session ends.
    const members = name === null ? [] : await group.form(name, jvm, shared.routes.partitions, deadline);
    return {
      name: 'java',
      write: writeWith(jvm),
      overlaps: true,
      consume: (options) => (name === null ? null : consumeWithLibrary(name, members, shared, options)),
      close: async () => jvm.close(),
    };
  } catch (error) {
    jvm.close();
    throw error;
  }
};
