import { isKafkaHaError } from '@kafka-ha/base';
import type { Address, Dial } from './dial.ts';
import { type AskOptions, fourLetterWord } from './four-letter-word.ts';
import { isServing, parseMntr, parseSrvr } from './parse-report.ts';

export type ServerState =
  | { mode: 'unreachable'; reason: string }
  /** It runs, but is in no quorum and serves nobody. */
  | { mode: 'looking' }
  | ({ mode: 'leader'; followers: number; syncedFollowers: number } & ServingServer)
  | ({ mode: 'follower' | 'observer' | 'standalone' } & ServingServer);

export type ServingServer = {
  /** The last transaction that it has, e.g. `0x1000000ac`. */
  zxid: string;
  /** E.g. `3.9.5`. */
  version: string;
  connections: number;
  outstandingRequests: number;
  averageLatencyMs: number;
  maxLatencyMs: number;
};

/** One server's own view, from `srvr` and `mntr`. A server that cannot be asked is a state, not an error. */
export async function readServer(dial: Dial, address: Address, options: AskOptions): Promise<ServerState> {
  try {
    const [srvr, mntr] = await Promise.all([
      fourLetterWord(dial, address, 'srvr', options),
      fourLetterWord(dial, address, 'mntr', options),
    ]);
    return serverState(srvr, mntr);
  } catch (error) {
    if (isKafkaHaError(error) && error.code === 'zookeeper-unreachable') {
      return { mode: 'unreachable', reason: error.message };
    }
    throw error;
  }
}

/** Between the two answers a server may lose its quorum; then what it serves is over. */
export function serverState(srvrText: string, mntrText: string): ServerState {
  if (!isServing(srvrText) || !isServing(mntrText)) return { mode: 'looking' };
  const srvr = parseSrvr(srvrText);
  const mntr = parseMntr(mntrText);
  const number = (key: string) => Number(mntr.get(key) ?? 0);
  const serving: ServingServer = {
    zxid: srvr.get('Zxid') ?? '',
    version: (srvr.get('Zookeeper version') ?? '').split('-')[0] ?? '',
    connections: number('zk_num_alive_connections'),
    outstandingRequests: number('zk_outstanding_requests'),
    averageLatencyMs: number('zk_avg_latency'),
    maxLatencyMs: number('zk_max_latency'),
  };
  const mode = srvr.get('Mode') ?? 'no mode';
  switch (mode) {
    case 'leader':
      return {
        mode,
        followers: number('zk_learners'),
        syncedFollowers: number('zk_synced_followers'),
        ...serving,
      };
    case 'follower':
    case 'observer':
    case 'standalone':
      return { mode, ...serving };
    default:
      return { mode: 'unreachable', reason: `its answer to srvr contains ${mode}` };
  }
}
