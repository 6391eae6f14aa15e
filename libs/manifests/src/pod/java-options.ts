import { configPath } from '../paths.ts';

/** A heap of fixed size: what it may grow to is taken from the start, so nothing is found out under load. */
export function heapOptions(bytes: number): string[] {
  return [`-Xms${mebibytes(bytes)}`, `-Xmx${mebibytes(bytes)}`];
}

/** Whole mebibytes, rounded down, as the JVM wants them. */
export function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / (1024 * 1024))}m`;
}

export const commonJavaOptions = [
  // Half alive is worse than dead: the kubelet restarts a dead one.
  '-XX:+ExitOnOutOfMemoryError',
  // Writing performance counters to a file can stall a collection for as long as the disk does.
  '-XX:+PerfDisableSharedMem',
  // The quick compiler alone. With the thorough one, those that have just started keep each other's requests waiting while
  // they compile: a broker takes twice as long to start, and writes wait half as long again when one stops. Once all is
  // compiled, a gigabyte written costs 15 % more CPU (17.2 instead of 14.9 broker CPU-seconds: kafka-ha bench).
  '-XX:TieredStopAtLevel=1',
  '-Djava.awt.headless=true',
  `-Djava.security.properties=${configPath}/java.security`,
];

/**
 * Pods come and go with their names and addresses; Java keeps an address for 30 s and a failed look-up for 10 s. Only
 * here can the second be set: Java's own file names it, and then no system property is looked at.
 */
export const javaSecurity = 'networkaddress.cache.ttl=5\nnetworkaddress.cache.negative.ttl=0\n';
