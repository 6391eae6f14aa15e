import type { Spec } from '@kafka-ha/config';
import { configPath, kafkaHome, kafkaLogPath, scratchPath } from '../paths.ts';
import { controllerHosts, controllerPorts } from './controller-addresses.ts';
import { quorumFiles } from './quorum-config-map.ts';

/** Where a volume that was formatted has it written; the tool writes it last. */
export const formattedMark = `${kafkaLogPath}/meta.properties`;

/**
 * Formats the volume, in the start script's shell: Kafka does not do it by itself. Needs `$class_path`. The release
 * is that of a whole cluster's birth; who joins later takes what the controllers have. An id may begin with a hyphen.
 */
export const formatVolume = `format_volume() {
  say 'formatting the volume'
  archive=
  if [ -r ${kafkaHome}/storage.jsa ]; then archive=-XX:SharedArchiveFile=${kafkaHome}/storage.jsa; fi
  java -cp "\${class_path#:}" $archive -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format \\
    "-t=$(cat ${configPath}/${quorumFiles.clusterId})" "-r=$(cat ${configPath}/${quorumFiles.release})" -g -c=${scratchPath}/server.properties
}`;

const awaitControllersSeconds = 60;

/**
 * A broker's volume may be lost: what it held is on others, who lead until it has it again. Needs `$limit`.
 *
 * Where there is no controller yet, the cluster is at its first start. Brokers would take from the controllers the
 * processors that these need to come up, and could do nothing until then.
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
  format_volume
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
export const formatController = `${formatVolume}
may_format() {
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
