export type { Address, Dial } from './dial.ts';
export { fourLetterWord, type AskOptions, type FourLetterWord } from './four-letter-word.ts';
export type { Stat } from './messages.ts';
export { openSession, openSessionSoon } from './open-session.ts';
export { parseMntr, parseSrvr } from './parse-report.ts';
export { readServer, type ServerState, type ServingServer } from './read-server.ts';
export type { Change, SessionOptions, ZooKeeperSession } from './session.ts';
