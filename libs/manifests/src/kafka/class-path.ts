import { kafkaHome } from '../paths.ts';

/**
 * Sets `$class_path` in a start script's shell, and puts the archive before the JVM's arguments. For brokers and controllers.
 */
export const classPath = `# The image's class-data archive saves a third of the JVM's work at its start. It holds for the jars in the order of Kafka's
# own script; and a JVM told of an archive that is not there would do without its built-in one, too.
class_path=
for jar in ${kafkaHome}/libs/*.jar; do
  case "$jar" in */connect-file-*) ;; *) class_path="$class_path:$jar" ;; esac
done
if [ -r ${kafkaHome}/kafka.jsa ]; then set -- -XX:SharedArchiveFile=${kafkaHome}/kafka.jsa "$@"; fi`;
