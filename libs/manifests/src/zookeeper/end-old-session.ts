import type { Spec } from '@kafka-ha/config';
import { askByNc, numbersAsBytes } from '../pod/ask-by-nc.ts';
import { zookeeperSessionEndMs, zookeeperSessionMs } from './sessions.ts';
import { anyZookeeperHost, zookeeperChroot, zookeeperPorts } from './zookeeper-addresses.ts';

const sessionOverSeconds = Math.ceil(zookeeperSessionEndMs / 1000);

/**
 * Ends the ZooKeeper session of the JVM that died in this container before, as that JVM would have when it stops: its
 * registration goes at once, and with it the role of controller, and the others elect new leaders after a second or two
 * instead of when the session has expired. Nothing living can be hit: whoever runs this holds the volume, on which that
 * JVM left its mark, and a session has one owner.
 *
 * It speaks ZooKeeper's protocol with busybox's tools, for a JVM would take longer to start than is won. `exists` tells the
 * session that owns the registration; a connection that knows a session's id and password takes it over and may close it.
 * The password is `new java.util.Random(id ^ 0xB3415C00)`'s first 16 bytes (ZooKeeperServer.generatePasswd, 3.5 to 3.9).
 * Where that does not work the session is waited out: Kafka exits when it meets its own registration.
 */
export function endOldSession(spec: Spec): string {
  return `registration="${zookeeperChroot}/brokers/ids/\${POD_NAME##*-}"
  ${numbersAsBytes}
  password() {
    seed=$((($1 ^ 0xB3415C00 ^ 0x5DEECE66D) & 0xFFFFFFFFFFFF))
    for _ in 1 2 3 4; do
      seed=$((seed * 0x5DEECE66D + 11 & 0xFFFFFFFFFFFF))
      printf '\\\\%03o\\\\%03o\\\\%03o\\\\%03o' $((seed >> 16 & 255)) $((seed >> 24 & 255)) $((seed >> 32 & 255)) $((seed >> 40 & 255))
    done
  }
  connect() { integer 45; integer 0; long 0; integer ${zookeeperSessionMs}; long "$1"; integer 16; printf %s "$2"; printf '\\\\000'; }
  exists() { integer $((13 + \${#1})); integer 1; integer 3; integer \${#1}; printf '%s\\\\000' "$1"; }
  close() { integer 8; integer 2; integer -11; }
  ${askByNc({
    host: anyZookeeperHost(spec),
    port: zookeeperPorts.clients,
    complete: '00000025????????00000000* | *0000001000000002????????????????????????',
    when: 'close was answered, or there is no such session',
  })}
  # Of the registration: nothing where that could not be told. Fails where there is none (error -101).
  owner() {
    answer=$(ask "$(connect 0 "$(long 0; long 0)"; exists "$registration"; close)")
    [ "$(echo "$answer" | cut -c115-122)" != ffffff9b ] || return 1
    echo "$answer" | cut -c211-226
  }
  tries=0
  while session=$(owner) && [ $tries -le ${sessionOverSeconds} ]; do
    if [ $tries -gt 0 ]; then sleep 1; fi
    if [ -n "$session" ]; then
      say "ending the ZooKeeper session 0x$session of the JVM that died here"
      (ask "$(connect "0x$session" "$(password "0x$session")"; close)" > /dev/null) || true
    fi
    tries=$((tries + 1))
  done`;
}
