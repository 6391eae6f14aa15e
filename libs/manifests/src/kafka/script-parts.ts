import { kafkaHome, kafkaLogPath, scratchPath } from '../paths.ts';

// Of the start scripts of brokers and controllers, in POSIX shell with busybox's tools.

/** How they begin. What a killed JVM left in the scratch folder goes. */
export const scriptHead = `#!/bin/sh
set -eu
say() { echo "kafka-ha: $*"; }
trap 'exit 143' TERM

rm -rf ${scratchPath}/*
mkdir -p ${kafkaLogPath}`;

/**
 * Sets `$class_path`, and puts the archive before the JVM's arguments, which are the script's.
 */
export const classPath = `# The image's class-data archive saves a third of the JVM's work at its start. It holds for the jars in the order of Kafka's
# own script; and a JVM told of an archive that is not there would do without its built-in one, too.
class_path=
for jar in ${kafkaHome}/libs/*.jar; do
  case "$jar" in */connect-file-*) ;; *) class_path="$class_path:$jar" ;; esac
done
if [ -r ${kafkaHome}/kafka.jsa ]; then set -- -XX:SharedArchiveFile=${kafkaHome}/kafka.jsa "$@"; fi`;
