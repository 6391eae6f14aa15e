import type { Spec } from '@kafka-ha/config';
import { headlessOf } from '../names.ts';
import { configPath, kafkaLogPath, pidFile, scratchPath } from '../paths.ts';
import { quorumManifests } from '../quorum.ts';
import { dynamicKeysOf } from './kafka-config.ts';
import { listenersOf } from './listeners.ts';
import { classPath, scriptHead } from './script-parts.ts';

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
 * Only this script knows that its JVM ran out of memory, where the kernel kills that alone: the container's end has no such
 * reason then. The first file is there with version 2 of control groups, the second with version 1.
 */
const saysWhoKilled = `if [ "$code" -eq 137 ]; then
  oom_kills=$(sed -n 's/^oom_kill //p' /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2> /dev/null || true)
  if [ "\${oom_kills:-0}" -gt 0 ]; then why=", because the container ran out of memory"; fi
  say "the JVM was killed\${why:-}"
fi`;

/** Kafka's own words are of a log directory that failed, and at its next start of a file that cannot be written. */
const saysWhetherFull = `free=$(df -Pk ${kafkaLogPath} 2> /dev/null | sed -n '2s/^[^ ]* *[0-9]* *[0-9]* *\\([0-9]*\\) .*/\\1/p' || true)
if [ "$code" -ne 0 ] && [ "\${free:-1024}" -lt 1024 ]; then
  say "the volume is full: the broker cannot run until storage.size is raised and deployed, or files on it are deleted"
fi`;

/**
 * What runs in a broker's container, in POSIX shell with busybox's tools: it prepares the volume, starts the JVM, passes on
 * that it is to stop, and ends with it. The JVM's arguments are the script's.
 *
 * Kafka deletes `.kafka_cleanshutdown` before it reads its logs, thus before it registers, and writes it again after its
 * logs are closed; `.lock` is there from the first start on. So where there is a lock and no such mark, the last JVM may
 * have died with its registration standing, and Kafka exits when it meets its own registration from another session.
 *
 * The script outlives its JVM, and ends that registration at once: the others elect new leaders before anything starts
 * again. Where it dies with it, as when the container is out of memory, the next start does the same.
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

died() { [ -e ${kafkaLogPath}/.lock ] && [ ! -e ${kafkaLogPath}/.kafka_cleanshutdown ]; }
end_old_registration() {
  ${startScript.endOldRegistration(spec)}
}
if died; then end_old_registration; fi

${classPath}
${startScript.format(spec)}
stopping=
trap 'stopping=1' TERM
java -cp "\${class_path#:}" "$@" &
jvm=$!
echo $jvm > ${pidFile}
stop() { kill -TERM $jvm 2> /dev/null || true; }
trap stop TERM
if [ -n "$stopping" ]; then stop; fi
# A signal ends \`wait\`, too.
while
  code=0
  wait $jvm || code=$?
  kill -0 $jvm 2> /dev/null
do :; done
${saysWhoKilled}
${saysWhetherFull}
if died; then end_old_registration || true; fi
exit $code
`;
}
