import type { Spec } from '@kafka-ha/config';
import { headlessOf } from '../names.ts';
import { configPath, kafkaLogPath, pidFile, scratchPath } from '../paths.ts';
import { kafkaPorts } from '../ports.ts';
import { quorumManifests } from '../quorum.ts';
import { dynamicKeys } from './dynamic-keys.ts';

/**
 * Prints the settings of the ConfigMap, in the start script's shell. No revision holds it, so whoever may edit ConfigMaps
 * would have a say in anything: only what a running broker could be told as well is let through, a line each. Java would
 * end a line at a carriage return, too, and go on with the next one after a backslash.
 */
const dynamicSettings = `carriage_return=$(printf '\\r')
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      *"$carriage_return"* | *\\\\) say "left out of dynamic.properties: \${line%%[!a-z.]*}" >&2 ;;
      ${dynamicKeys.map((key) => `${key}=*`).join(' | ')}) printf '%s\\n' "$line" ;;
      *) say "left out of dynamic.properties: \${line%%[!a-z.]*}" >&2 ;;
    esac
  done < ${configPath}/dynamic.properties`;

/** In both official images. */
const kafkaHome = '/opt/kafka';

/**
 * What runs in a broker's container before the JVM takes its place, in POSIX shell with busybox's tools. The JVM's
 * arguments are the script's.
 *
 * Kafka deletes `.kafka_cleanshutdown` before it reads its logs, thus before it registers, and writes it again after its
 * logs are closed; `.lock` is there from the first start on. So where there is a lock and no such mark, the last JVM may
 * have died with its registration standing, and Kafka exits when it meets its own registration from another session.
 */
export function kafkaStartScript(spec: Spec): string {
  const { startScript } = quorumManifests(spec);
  return `#!/bin/sh
set -eu
say() { echo "kafka-ha: $*"; }
trap 'exit 143' TERM

rm -rf ${scratchPath}/*
mkdir -p ${kafkaLogPath}
client="$POD_NAME.${spec.namespace}.svc"
pod="$POD_NAME.${headlessOf(spec, 'kafka')}.${spec.namespace}.svc"
{
  cat ${configPath}/server.properties
  ${dynamicSettings}
  echo "broker.id=\${POD_NAME##*-}"
  echo "advertised.listeners=CLIENT://$client:${kafkaPorts.clients},REPLICATION://$pod:${kafkaPorts.replication},CONTROL://$pod:${kafkaPorts.control}"
  if [ -n "$ZONE" ]; then echo "broker.rack=$ZONE"; fi
} > ${scratchPath}/server.properties

${startScript.awaitQuorum(spec)}

if [ -e ${kafkaLogPath}/.lock ] && [ ! -e ${kafkaLogPath}/.kafka_cleanshutdown ]; then
  ${startScript.endOldRegistration(spec)}
fi

# The image's class-data archive saves a third of the JVM's work at its start. It holds for the jars in the order of Kafka's
# own script; and a JVM told of an archive that is not there would do without its built-in one, too.
class_path=
for jar in ${kafkaHome}/libs/*.jar; do
  case "$jar" in */connect-file-*) ;; *) class_path="$class_path:$jar" ;; esac
done
if [ -r ${kafkaHome}/kafka.jsa ]; then set -- -XX:SharedArchiveFile=${kafkaHome}/kafka.jsa "$@"; fi

echo $$ > ${pidFile}
exec java -cp "\${class_path#:}" "$@"
`;
}
