#!/bin/sh
# As class-data.sh, for a Kafka that has no ZooKeeper: of a node that is broker and controller in one, so that one archive
# serves both, and of the tool that formats a volume. class-data-kraft.sh ROOT, in namespaces of its own.
set -eu
root=$1
ip link set lo up
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
exec chroot "$root" sh -eu -c '
PATH=/opt/java/openjdk/bin:$PATH
class_path=
for jar in /opt/kafka/libs/*.jar; do
  case "$jar" in */connect-file-*) ;; *) class_path="$class_path:$jar" ;; esac
done
cd /tmp
echo "appender.out.type=Console
appender.out.name=out
rootLogger.level=INFO
rootLogger.appenderRef.out.ref=out" > log4j2.properties
echo "process.roles=broker,controller
node.id=0
controller.quorum.voters=0@127.0.0.1:9093
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093
log.dirs=/tmp/kafka" > server.properties
set -- -cp "${class_path#:}" -Dlog4j2.configurationFile=file:/tmp/log4j2.properties
java -XX:ArchiveClassesAtExit=/opt/kafka/storage.jsa "$@" kafka.tools.StorageTool \
  format -t=AAAAAAAAAAAAAAAAAAAAAQ -c=server.properties
java -XX:ArchiveClassesAtExit=/opt/kafka/kafka.jsa "$@" kafka.Kafka server.properties > kafka.log 2>&1 &
node=$!
left=600
until grep -q "Kafka Server started" kafka.log; do
  left=$((left - 1))
  if [ $left = 0 ] || ! kill -0 $node; then tail -n 20 kafka.log >&2; exit 1; fi
  sleep 0.2
done
kill $node
wait $node || true
test -s /opt/kafka/kafka.jsa
test -s /opt/kafka/storage.jsa
'
