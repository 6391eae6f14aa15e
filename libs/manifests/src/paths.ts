/** Where a pod's volume is mounted, for every component. */
export const dataPath = '/data';

/** In the official image of Kafka. */
export const kafkaHome = '/opt/kafka';

/** A folder below the mount: a volume of its own file system has a `lost+found`, on which Kafka would refuse to start. */
export const kafkaLogPath = `${dataPath}/kafka`;

/** Read-only: what the pod's template and the ConfigMap say. */
export const configPath = '/etc/kafka-ha';

/** The one other place that may be written. Native libraries are unpacked into it and run from it. */
export const scratchPath = '/tmp';

/** Holds the JVM's process id, as seen inside the pod. */
export const pidFile = `${scratchPath}/jvm.pid`;
