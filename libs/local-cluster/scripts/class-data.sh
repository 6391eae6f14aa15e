#!/bin/sh
# Archives the classes that a broker has loaded once it serves, as Kafka's own image does: class-data.sh ROOT, in
# namespaces of its own. An archive holds for the very paths of the jars, so this runs under the image's root.
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
echo "log4j.rootLogger=INFO, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.SimpleLayout" > log4j.properties
echo "broker.id=0
zookeeper.connect=127.0.0.1:2181
zookeeper.connection.timeout.ms=60000
listeners=PLAINTEXT://127.0.0.1:9092
log.dirs=/tmp/kafka" > server.properties
set -- -cp "${class_path#:}" -Dlog4j.configuration=file:/tmp/log4j.properties
java "$@" org.apache.zookeeper.server.ZooKeeperServerMain 2181 /tmp/zookeeper > zookeeper.log 2>&1 &
java -XX:ArchiveClassesAtExit=/opt/kafka/kafka.jsa "$@" kafka.Kafka server.properties > kafka.log 2>&1 &
broker=$!
left=600
until grep -q "KafkaServer id=0\] started" kafka.log; do
  left=$((left - 1))
  if [ $left = 0 ] || ! kill -0 $broker; then tail -n 20 kafka.log >&2; exit 1; fi
  sleep 0.2
done
kill $broker
wait $broker || true
test -s /opt/kafka/kafka.jsa
'
