import {
  type Cursor,
  encodeBool,
  encodeBuffer,
  encodeInt,
  encodeLong,
  encodeString,
  readBuffer,
  readInt,
  readList,
  readLong,
  readString,
  readTime,
} from './jute.ts';

/** `ZooDefs.OpCode` in ZooKeeper. */
export const OPERATION = {
  delete: 2,
  exists: 3,
  getData: 4,
  getChildren: 8,
  sync: 9,
  ping: 11,
  closeSession: -11,
} as const;

/** Transaction numbers that are no request's. */
export const XID = { watchEvent: -1, ping: -2 } as const;

export const NO_NODE = -101;

export type Stat = {
  /** The transactions that created and last changed it. */
  czxid: bigint;
  mzxid: bigint;
  /** When, by the clock of the ZooKeeper leader: milliseconds since 1970. */
  ctime: number;
  mtime: number;
  version: number;
  /** The session whose end removes it; 0n for a node that stays. */
  ephemeralOwner: bigint;
  children: number;
};

export type WatchEvent = { kind: 'created' | 'deleted' | 'changed'; path: string };

export function encodeConnectRequest(sessionTimeoutMs: number): Buffer {
  const lastZxidSeen = encodeLong(0n);
  const newSession = [encodeLong(0n), encodeBuffer(Buffer.alloc(16))];
  const readOnly = encodeBool(false);
  return Buffer.concat([encodeInt(0), lastZxidSeen, encodeInt(sessionTimeoutMs), ...newSession, readOnly]);
}

/** The timeout is the one that the server grants. */
export function decodeConnectResponse(bytes: Buffer): { sessionTimeoutMs: number; sessionId: bigint } {
  const cursor = { bytes, at: 0 };
  readInt(cursor); // protocol version
  return { sessionTimeoutMs: readInt(cursor), sessionId: readLong(cursor) };
}

export function encodeRequest(xid: number, operation: number, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([encodeInt(xid), encodeInt(operation), body]);
}

export function encodeSyncRequest(path: string): Buffer {
  return encodeString(path);
}

export function encodePathRequest(path: string, watch: boolean): Buffer {
  return Buffer.concat([encodeString(path), encodeBool(watch)]);
}

/** Whatever its version is. */
export function encodeDeleteRequest(path: string): Buffer {
  return Buffer.concat([encodeString(path), encodeInt(-1)]);
}

/** What follows the header depends on the request; nothing does where `errorCode` is not 0. */
export type Reply = { xid: number; errorCode: number; body: Cursor };

export function decodeReply(bytes: Buffer): Reply {
  const body = { bytes, at: 0 };
  const xid = readInt(body);
  readLong(body); // the server's last zxid
  return { xid, errorCode: readInt(body), body };
}

export function readStat(cursor: Cursor): Stat {
  const [czxid, mzxid] = [readLong(cursor), readLong(cursor)];
  const [ctime, mtime] = [readTime(cursor), readTime(cursor)];
  const version = readInt(cursor);
  readInt(cursor); // version of the children
  readInt(cursor); // version of the ACL
  const ephemeralOwner = readLong(cursor);
  readInt(cursor); // length of the data
  const children = readInt(cursor);
  readLong(cursor); // the transaction that last changed the children
  return { czxid, mzxid, ctime, mtime, version, ephemeralOwner, children };
}

export function readData(cursor: Cursor): { data: Buffer; stat: Stat } {
  return { data: readBuffer(cursor), stat: readStat(cursor) };
}

export function readChildren(cursor: Cursor): string[] {
  return readList(cursor, readString).sort();
}

/** Undefined for what is no event of a node: changes of the session's own state. */
export function readWatchEvent(cursor: Cursor): WatchEvent | undefined {
  const kind = EVENT_KINDS.get(readInt(cursor));
  readInt(cursor); // the session's state
  return kind === undefined ? undefined : { kind, path: readString(cursor) };
}

/** `Watcher.Event.EventType` in ZooKeeper. */
const EVENT_KINDS: ReadonlyMap<number, WatchEvent['kind']> = new Map([
  [1, 'created'],
  [2, 'deleted'],
  [3, 'changed'],
]);

/** `KeeperException.Code` in ZooKeeper: those that may be met. */
export function errorName(code: number): string {
  return ERROR_NAMES.get(code) ?? `error ${code}`;
}

const ERROR_NAMES: ReadonlyMap<number, string> = new Map([
  [-4, 'CONNECTIONLOSS'],
  [-5, 'MARSHALLINGERROR'],
  [-8, 'BADARGUMENTS'],
  [-102, 'NOAUTH'],
  [-111, 'NOTEMPTY'],
  [-112, 'SESSIONEXPIRED'],
  [-118, 'SESSIONMOVED'],
  [-119, 'NOTREADONLY'],
]);
