import type { Spec } from '@kafka-ha/config';
import { headlessOf } from '../names.ts';
import { configPath, kafkaLogPath, scratchPath } from '../paths.ts';
import { quorumManifests } from '../quorum.ts';
import { dynamicKeysOf } from './dynamic-keys.ts';
import { listenersOf } from './listeners.ts';
import { classPath, scriptHead, startJvm } from './script-parts.ts';

/**
 * Prints the settings of the ConfigMap, in the start script's shell. No revision holds it, so whoever may edit ConfigMaps
 * would have a say in anything: only what a running broker could be told as well is let through, a line each. Java would
 * end a line at a carriage return, too, and go on with the next one after a backslash.
 */
function dynamicSettings(kafkaVersion: string): string {
  return `carriage_return=$(printf '\\r')
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      *"$carriage_return"* | *\\\\) say "left out of dynamic.properties: \${line%%[!a-z.]*}" >&2 ;;
      ${dynamicKeysOf(kafkaVersion)
        .map((key) => `${key}=*`)
        .join(' | ')}) printf '%s\\n' "$line" ;;
      *) say "left out of dynamic.properties: \${line%%[!a-z.]*}" >&2 ;;
    esac
  done < ${configPath}/dynamic.properties`;
}

/**
 * What runs in a broker's container before the JVM takes its place, in POSIX shell with busybox's tools. The JVM's
 * arguments are the script's.
 *
 * Kafka deletes `.kafka_cleanshutdown` before it reads its logs, thus before it registers, and writes it again after its
 * logs are closed; `.lock` is there from the first start on. So where there is a lock and no such mark, the last JVM may
 * have died with its registration standing, and Kafka exits when it meets its own registration from another session.
 */
export function kafkaStartScript(spec: Spec): string {
  const { broker, startScript } = quorumManifests(spec);
  const advertised = listenersOf(broker.ports, (listener) => (listener === 'CLIENT' ? '$client' : '$pod'));
  return `${scriptHead}
client="$POD_NAME.${spec.namespace}.svc"
pod="$POD_NAME.${headlessOf(spec, 'kafka')}.${spec.namespace}.svc"
{
  cat ${configPath}/server.properties
  ${dynamicSettings(spec.versions.kafka)}
  echo "${broker.idSetting}=\${POD_NAME##*-}"
  echo "advertised.listeners=${advertised}"
  if [ -n "$ZONE" ]; then echo "broker.rack=$ZONE"; fi
} > ${scratchPath}/server.properties

${startScript.awaitQuorum(spec)}

if [ -e ${kafkaLogPath}/.lock ] && [ ! -e ${kafkaLogPath}/.kafka_cleanshutdown ]; then
  ${startScript.endOldRegistration(spec)}
fi

${classPath}
${startScript.format(spec)}
${startJvm}
`;
}
