#!/bin/bash
# What the JMX agent of Prometheus costs a broker: starts of Kafka 4.4.0 with and without it, in turns, then scrapes.
#
#   tools/measure-jmx.sh jmx_prometheus_javaagent-1.0.1.jar [ROUNDS]
#
# As root, with a JDK, after `kafka-ha local up --kafka 4.4.0`, whose image layers it uses. It has a network and mounts of its own.
set -euo pipefail
[ "${1-}" = inside ] || exec unshare --net --mount --propagation private "$0" inside "$@"
jar=$(realpath "$2") rounds=${3:-7}
ip link set lo up

root=$(mktemp -d /var/tmp/measure-jmx.XXXX)
pids=
end() {
  # shellcheck disable=SC2086
  if [ -n "$pids" ]; then kill $pids 2> /dev/null || true; wait 2> /dev/null || true; fi
  umount "$root/proc" "$root/dev" 2> /dev/null || true
  rm -rf "$root"
}
trap end EXIT
for layer in base-of-kafka kafka-4.4.0; do
  tar -xf "$(ls ~/.cache/kafka-ha/layer-$layer-*/layer.tar | head -1)" -C "$root"
done
# With all modules, as in the official image: the agent needs a web server, which that of the local cluster goes without.
jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
mkdir -p "$root/opt/java"
"$jdk/bin/jlink" --add-modules ALL-MODULE-PATH --strip-java-debug-attributes --no-header-files --no-man-pages \
  --generate-cds-archive --output "$root/opt/java/openjdk"
unshare --mount --propagation private "$(dirname "$0")/../libs/local-cluster/scripts/class-data-kraft.sh" "$root" > /dev/null 2>&1
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
cp "$jar" "$root/agent.jar"

cat > "$root/log4j2.yaml" <<'END'
Configuration:
  Appenders:
    Console: { name: STDOUT, PatternLayout: { pattern: "%m%n" } }
  Loggers:
    Root: { level: INFO, AppenderRef: [{ ref: STDOUT }] }
END
# What a dashboard of brokers shows, by name: a pattern would have the agent look at thousands.
cat > "$root/agent.yaml" <<'END'
lowercaseOutputName: true
includeObjectNames:
  - kafka.server:type=ReplicaManager,name=UnderMinIsrPartitionCount
  - kafka.server:type=ReplicaManager,name=AtMinIsrPartitionCount
  - kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions
  - kafka.server:type=ReplicaManager,name=OfflineReplicaCount
  - kafka.server:type=ReplicaManager,name=PartitionCount
  - kafka.server:type=ReplicaManager,name=LeaderCount
  - kafka.server:type=ReplicaManager,name=IsrShrinksPerSec
  - kafka.server:type=ReplicaManager,name=IsrExpandsPerSec
  - kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec
  - kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec
  - kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec
  - kafka.server:type=BrokerTopicMetrics,name=FailedProduceRequestsPerSec
  - kafka.server:type=BrokerTopicMetrics,name=FailedFetchRequestsPerSec
  - kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent
  - kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent
  - kafka.network:type=RequestChannel,name=RequestQueueSize
  - kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Produce
  - kafka.network:type=RequestMetrics,name=RemoteTimeMs,request=Produce
  - kafka.network:type=RequestMetrics,name=RequestQueueTimeMs,request=Produce
  - kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchConsumer
  - kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchFollower
  - kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=Produce
  - kafka.log:type=LogManager,name=OfflineLogDirectoryCount
  - java.lang:type=Memory
  - java.lang:type=GarbageCollector,*
rules:
  - pattern: kafka.(\w+)<type=(.+), name=(.+), (.+)=(.+)><>(Count|Value|99thPercentile)
    name: kafka_$1_$2_$3
    labels: { "$4": "$5" }
  - pattern: kafka.(\w+)<type=(.+), name=(.+)><>(Count|Value|99thPercentile)
    name: kafka_$1_$2_$3
  - pattern: java.lang
END
common="controller.quorum.voters=100@127.0.0.1:19093
controller.listener.names=CONTROLLER"
printf '%s\n' "$common" process.roles=controller node.id=100 listeners=CONTROLLER://127.0.0.1:19093 \
  log.dirs=/data-controller > "$root/controller.properties"
printf '%s\n' "$common" process.roles=broker node.id=0 listeners=PLAINTEXT://127.0.0.1:19092 \
  log.dirs=/data-broker > "$root/broker.properties"

class_path=
for jar in "$root"/opt/kafka/libs/*.jar; do
  case $jar in */connect-file-*) ;; *) class_path=$class_path:${jar#"$root"} ;; esac
done
# The options of brokers and controllers with 1 GiB and 512 MiB: libs/manifests/src/kafka/kafka-stateful-set.ts.
every="-XX:SharedArchiveFile=/opt/kafka/kafka.jsa -XX:+ExitOnOutOfMemoryError -XX:+PerfDisableSharedMem -XX:TieredStopAtLevel=1
  -Djava.awt.headless=true -Dlog4j2.configurationFile=/log4j2.yaml"
broker="-Xms384m -Xmx384m -XX:MaxDirectMemorySize=128m -XX:MetaspaceSize=128m -XX:MaxMetaspaceSize=128m
  -XX:ActiveProcessorCount=2 -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35
  -XX:+ExplicitGCInvokesConcurrent -Djdk.nio.maxCachedBufferSize=262144 $every"
controller="-Xms192m -Xmx192m -XX:+UseSerialGC $every"
agent=-javaagent:/agent.jar=127.0.0.1:19999:/agent.yaml
java() { exec chroot "$root" /opt/java/openjdk/bin/java "$@"; }

for role in controller broker; do
  (java -cp "${class_path#:}" kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c "/$role.properties") > /dev/null 2>&1
done

# NAME OPTIONS: starts it, sets $pid, and waits until it says that it has started.
start() {
  # shellcheck disable=SC2086
  (java $2 -cp "${class_path#:}" kafka.Kafka "/$1.properties") > "$root/$1.log" 2>&1 &
  pid=$!
  pids="$pids $pid"
  until grep -q 'Kafka Server started' "$root/$1.log"; do
    kill -0 $pid || { cat "$root/$1.log"; exit 1; }
    sleep 0.02
  done
}
stop() { kill "$pid" && wait "$pid" || true; }
cpu_seconds() { awk '{ print ($14 + $15) / 100 }' "/proc/$pid/stat"; }
resident_mib() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$pid/status"; }
# NAME OPTIONS: one start of the broker, as a line.
measure() {
  began=$(date +%s%N)
  start broker "$broker $2"
  ended=$(date +%s%N)
  printf '%-6s %6d ms  %5s CPU-s  %4s MiB  load %s\n' "$1" $(((ended - began) / 1000000)) "$(cpu_seconds)" \
    "$(resident_mib)" "$(cut -d' ' -f1 /proc/loadavg)"
  stop
}

start controller "$controller"
measure first '' # Those after it find their files in the page cache.
for round in $(seq "$rounds"); do
  if [ $((round % 2)) = 1 ]; then measure plain ''; measure agent "$agent"; else measure agent "$agent"; measure plain ''; fi
done

start broker "$broker $agent"
sleep 30
idle=$(cpu_seconds)
sleep 120
before=$(cpu_seconds)
for _ in 1 2 3 4 5 6 7 8; do
  curl -s -o "$root/scrape" -w '%{time_total} s  ' http://127.0.0.1:19999/metrics
  sleep 15
done
after=$(cpu_seconds)
awk -v a="$idle" -v b="$before" -v c="$after" 'BEGIN { printf "\nCPU-s of 120 s: %.2f without scrapes, %.2f with 8\n", b - a, c - b }'
echo "$(grep -vc '^#' "$root/scrape") metrics, $(resident_mib) MiB afterwards"
stop
