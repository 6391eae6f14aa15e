import { BlockList, isIP } from 'node:net';

/**
 * The proxy that the environment has for a server, as kubectl takes it: HTTPS_PROXY or HTTP_PROXY, except for what NO_PROXY
 * names and for this machine itself. Undefined for none.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function proxyFor(server: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (!URL.canParse(server)) return undefined;
  const { protocol, hostname, port } = new URL(server);
  const variable = (name: string) => environment[name] || environment[name.toLowerCase()] || undefined;
  const proxy = variable(protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY');
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (proxy === undefined || isThisMachine(host)) return undefined;
  const target = { host, port: port || (protocol === 'http:' ? '80' : '443') };
  const spared = (variable('NO_PROXY') ?? '').split(',').some((entry) => names(entry.trim(), target));
  if (spared) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** `*`, an address, a range of them, or a domain with all below it; `.domain` names those below alone. */
function names(entry: string, { host, port }: { host: string; port: string }): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const [, address = '', bits] = /^(.*)\/(\d+)$/.exec(entry) ?? [];
  if (bits !== undefined) return isInRange(host, address, Number(bits));
  const [, name = entry, itsPort] = isIP(entry) ? [] : (/^\[?(.+?)\]?:(\d+)$/.exec(entry) ?? []);
  if (itsPort !== undefined && itsPort !== port) return false;
  const domain = name.toLowerCase().replace(/^\*?\./, '');
  const onlyBelow = domain !== name.toLowerCase();
  return (host === domain && !onlyBelow) || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function isInRange(host: string, address: string, bits: number): boolean {
  const [version, ofRange] = [isIP(host), isIP(address)];
  if (version === 0 || version !== ofRange || bits > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return range.check(host, family);
}
