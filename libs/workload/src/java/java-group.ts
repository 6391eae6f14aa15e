import { isWhole } from '../form-group.ts';
import { type LibraryCommit, type LibraryMember, untilFormed } from '../library-group.ts';
import type { Heard, Jvm } from './jvm.ts';

export type JavaGroup = {
  /** What the JVM tells of its consumers. */
  hear: (heard: Heard) => void;
  /**
   * Has them join, and waits until all are in one generation and have every partition between them.
   *
   * @throws Error where they are not before the signal fires
   */
  form: (
    name: string,
    jvm: Pick<Jvm, 'ask'>,
    partitions: number,
    signal: AbortSignal,
  ) => Promise<LibraryMember[]>;
};

/** Java's consumers of one group. */
export function javaGroup(consumers: number): JavaGroup {
  const members = Array.from({ length: consumers }, aMember);
  return {
    hear: (heard) => {
      const member = members[heard.member];
      if (member) hearOf(member, heard);
    },
    form: async (name, jvm, partitions, signal) => {
      for (const [index, member] of members.entries()) {
        member.commit = async () => commitOf(await jvm.ask('commit', index));
        member.leave = () => jvm.ask('leave', index);
        await jvm.ask('join', index, name);
      }
      await untilFormed(name, () => isWhole(members, partitions), signal);
      return members;
    },
  };
}

function aMember(): LibraryMember {
  return {
    generation: -1,
    partitions: [],
    positions: new Map(),
    onJoin: () => undefined,
    onRecord: () => undefined,
    commit: async () => ({ offsets: [] }),
    leave: async () => undefined,
  };
}

function hearOf(member: LibraryMember, heard: Heard): void {
  if (heard.kind === 'read') {
    const { partition, offset, value, epoch } = heard;
    member.onRecord(partition, offset, value, epoch);
    member.positions.set(partition, offset + 1);
    return;
  }
  const { generation, partitions } = heard;
  // Its group is formed anew around the partitions that it keeps.
  const positions = [...member.positions].filter(([partition]) => partitions.includes(partition));
  Object.assign(member, { generation, partitions, positions: new Map(positions) });
  member.onJoin();
}

/** `PARTITION:OFFSET,…` and, where it failed, the reason. */
function commitOf([offsets = '', ...error]: string[]): LibraryCommit {
  const rows = offsets.split(',').filter((row) => row !== '');
  return {
    offsets: rows.map((row) => {
      const [partition, offset] = row.split(':');
      return [Number(partition), Number(offset)];
    }),
    ...(error.length > 0 && { error: error.join(' ') }),
  };
}
