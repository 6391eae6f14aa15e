import { configPath, kafkaHome, kafkaLogPath, scratchPath } from '../paths.ts';
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

/** A broker's volume may be lost: what it held is on others, who lead until it has it again. */
export const formatBroker = `${formatVolume}
if [ ! -e ${formattedMark} ]; then format_volume; fi`;

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
    say 'the volume is empty, and the quorum has formed: it is formatted once somebody has seen that the other controllers have all'
    until may_format; do sleep 2; done
  fi
  format_volume
fi`;
