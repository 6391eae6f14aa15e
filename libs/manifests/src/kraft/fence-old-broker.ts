import type { Spec } from '@kafka-ha/config';
import { dataPath } from '../paths.ts';
import { askByNc, numbersAsBytes } from '../pod/ask-by-nc.ts';
import { controllerHosts, controllerPorts } from './controller-addresses.ts';

/** Outside the log directory, which is Kafka's alone. The logger's package changed with 4.3. */
export const registrationLog = {
  path: `${dataPath}/registration.log`,
  loggers: ['kafka.server.BrokerLifecycleManager', 'org.apache.kafka.server.BrokerLifecycleManager'],
  only: 'Successfully registered broker',
};

/** As long as the election of another controller may take, where the active one died with the broker. */
const rounds = 5;

/**
 * Has the JVM that died in this container fenced, as it would have been when its session is over: the others elect new
 * leaders at once. Whoever knows the epoch of a broker's registration may send its heartbeat, and a heartbeat may ask
 * for that; the epoch is in the dead JVM's own log. Nothing living can be hit: each registration has an epoch of its own.
 *
 * From Kafka 4.0 on the new JVM registers only once the session is over, counted from here: what waits is redundancy.
 * Where this does not work the session is waited out: Kafka tries to register until it may.
 */
export function fenceOldBroker(spec: Spec): string {
  return `epoch=$(sed -n 's/^.*${registrationLog.only} .* with broker epoch \\([0-9][0-9]*\\).*$/\\1/p' ${registrationLog.path} 2> /dev/null | tail -n 1)
  ${numbersAsBytes}
  ${askByNc({
    host: '"$controller"',
    port: controllerPorts.controller,
    complete: `${'?'.repeat(digitsUpToError)}*`,
    when: 'or the answer has come as far as its error',
  })}
  # BrokerHeartbeat, version 0: of this broker and epoch, no offset, to be fenced, not shutting down.
  heartbeat() {
    integer 36; integer $((63 << 16)); integer 1; printf '\\\\000\\\\002ha\\\\000'
    integer "\${POD_NAME##*-}"; long "$epoch"; long -1; printf '\\\\001\\\\000\\\\000'
  }
  # Error 0: done. 77: it has another epoch by now. 41: this is not the active controller.
  fenced() {
    for controller in ${controllerHosts(spec).join(' ')}; do
      case "$(ask "$(heartbeat)" | cut -c${digitsUpToError - 3}-${digitsUpToError})" in 0000 | 004d) return 0 ;; esac
    done
    return 1
  }
  if [ -n "$epoch" ]; then
    say "having the JVM that died here fenced, of epoch $epoch"
    tries=1
    until fenced || [ $tries -ge ${rounds} ]; do
      tries=$((tries + 1))
      sleep 1
    done
  fi`;
}

/** Of an answer: its length, the request's number, no tags, the throttle, the error. In hexadecimal digits. */
const digitsUpToError = 2 * (4 + 4 + 1 + 4 + 2);
