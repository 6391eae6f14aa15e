import { isMigrating, type Spec } from '@kafka-ha/config';
import { configPath, kafkaHome, kafkaLogPath, scratchPath } from '../paths.ts';
import { controllerHosts, controllerPorts } from './controller-addresses.ts';
import { quorumFiles } from './quorum-config-map.ts';

/** Where a volume that was formatted has it written; the tool writes it last. */
export const formattedMark = `${kafkaLogPath}/meta.properties`;

/**
 * Formats the volume, in the start script's shell: Kafka does not do it by itself. Needs `$class_path`. The release
 * is that of a whole cluster's birth; who joins later takes what the controllers have. An id may begin with a hyphen; that
 * of a cluster that has migrated is the one that it had before.
 */
const formatVolume = `cluster_id() { cat ${configPath}/${quorumFiles.migratedId} 2> /dev/null || cat ${configPath}/${quorumFiles.clusterId}; }
format_volume() {
  say 'formatting the volume'
  archive=
  if [ -r ${kafkaHome}/storage.jsa ]; then archive=-XX:SharedArchiveFile=${kafkaHome}/storage.jsa; fi
  java -cp "\${class_path#:}" $archive -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format \\
    "-t=$(cluster_id)" "-r=$(cat ${configPath}/${quorumFiles.release})" -g -c=${scratchPath}/server.properties
}`;

const awaitControllersSeconds = 60;

/**
 * A broker's volume may be lost: what it held is on others, who lead until it has it again. Needs `$limit`.
 *
 * Where there is no controller yet, the cluster is at its first start. Brokers would take from the controllers the
 * processors that these need to come up, and could do nothing until then.
 *
 * While a migration can still go back, its volumes stay such as a broker takes there: the tool would write version 1, with
 * which none starts in that mode. Version 0 does for both, also with Kafka 4; what it lacks the broker adds by itself.
 */
export function formatBroker(spec: Spec): string {
  return `${formatVolume}
controller_listens() {
  for controller in ${controllerHosts(spec).join(' ')}; do
    if \${limit:+timeout 3} nc -w 1 "$controller" ${controllerPorts.controller} < /dev/null; then return 0; fi
  done
  return 1
} > /dev/null 2>&1
if [ ! -e ${formattedMark} ]; then
  seconds=0
  until controller_listens || [ $seconds -ge ${awaitControllersSeconds} ]; do
    if [ $seconds = 0 ]; then say 'waiting for a controller'; fi
    seconds=$((seconds + 1))
    sleep 1
  done
  if [ -e ${configPath}/${quorumFiles.migratingSince} ]; then
    say 'marking the empty volume'
    printf 'version=0\\nbroker.id=%s\\ncluster.id=%s\\n' "\${POD_NAME##*-}" "$(cluster_id)" > ${formattedMark}.tmp
    mv ${formattedMark}.tmp ${formattedMark}
  else
    format_volume
  fi
fi`;
}

/**
 * How a controller's container ends whose volume is empty and may not be formatted: all that a look at the pods shows, for whoever
 * may not look inside. sysexits' EX_CONFIG, by which neither a JVM nor a shell ends by itself.
 */
export const emptyVolumeExitCode = 78;

/** So long it waits before it ends so, at two seconds each; it may be named meanwhile. */
const roundsToWait = 5;

/**
 * A controller's may not be formatted by itself once the quorum has formed: of three, one may be behind and one lose its
 * volume; with both, and without the third, a leader could be elected that lacks what was committed.
 */
export function formatController({ mode }: Pick<Spec, 'mode'>): string {
  // With another id than the brokers' none of them would come over.
  const isKnown = isMigrating(mode) ? `[ -s ${configPath}/${quorumFiles.migratedId} ]` : 'true';
  return `${formatVolume}
may_format() {
  ${isKnown} || return 1
  [ ! -e ${configPath}/${quorumFiles.formed} ] || [ "$(cat ${configPath}/${quorumFiles.format} 2> /dev/null)" = "$POD_NAME" ]
}
if [ ! -e ${formattedMark} ]; then
  if ! may_format; then
    say "the volume is empty, and the quorum has formed: it is formatted by kafka-ha rebuild --controller \${POD_NAME##*-}, which sees first that the other controllers have all"
    rounds=0
    until may_format; do
      [ "$rounds" -lt ${roundsToWait} ] || exit ${emptyVolumeExitCode}
      sleep 2
      rounds=$((rounds + 1))
    done
  fi
  format_volume
fi`;
}
