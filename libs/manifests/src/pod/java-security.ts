/**
 * Pods come and go with their names and addresses; Java keeps an address for 30 s and a failed look-up for 10 s. Only
 * here can the second be set: Java's own file names it, and then no system property is looked at.
 */
export const javaSecurity = 'networkaddress.cache.ttl=5\nnetworkaddress.cache.negative.ttl=0\n';
