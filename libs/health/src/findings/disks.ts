import { formatBytes, type Spec } from '@kafka-ha/config';
import { finding, type Finding } from '../finding.ts';
import { valueOf, type State } from '../state.ts';
import { sentence } from '../wording.ts';

/**
 * Shares of a volume. Retention is computed to fill 85 % of it at the most (`VOLUME_FILL`), and in the long run it does; the
 * file system itself takes some of the rest. At full speed, a twentieth of 50 GiB is filled in half a minute.
 */
export const volumeShares = { nearlyFull: 0.88, full: 0.93 } as const;
/** A file system is a little larger or smaller than the volume. One of twice its size is not the volume's own. */
const shared = 2;

/** How full each broker's volume is. */
export function diskFindings(spec: Spec, state: State): Finding[] {
  const registered = valueOf(state.brokers)?.map(({ id }) => id) ?? [];
  const brokers = registered.filter((id) => id < spec.brokers);
  const listed = new Set(state.disks.map(({ brokerId }) => brokerId));
  return [
    ...state.disks.flatMap(({ brokerId, usage }) => {
      if (usage.kind === 'read') return fullness(spec, brokerId, usage.value);
      // The disk of a broker that is gone cannot be read, which is no news.
      return brokers.includes(brokerId) ? [unreadable(brokerId, sentence(usage.reason))] : [];
    }),
    ...brokers.filter((id) => !listed.has(id)).map((id) => unreadable(id, 'It was not read.')),
  ];
}

function fullness(spec: Spec, brokerId: number, disk: { usedBytes: number; sizeBytes: number }): Finding[] {
  const share = disk.usedBytes / disk.sizeBytes;
  if (share < volumeShares.nearlyFull) return [];
  const volume = `volume of broker ${brokerId}`;
  const used = `${Math.floor(share * 100)} % used: ${formatBytes(disk.usedBytes)} of ${formatBytes(disk.sizeBytes)}.`;
  const code = share < volumeShares.full ? 'disk-nearly-full' : 'disk-full';
  // directories of the node's disk, as kind's default storage class makes them
  return disk.sizeBytes < shared * spec.storage.sizeBytes
    ? [finding(code, volume, used)]
    : [
        finding(
          code,
          `disk of the node below the ${volume}`,
          `${used} The volume has no size of its own, and others fill this disk as well.`,
        ),
      ];
}

function unreadable(brokerId: number, reason: string): Finding {
  return finding('disk-unreadable', `volume of broker ${brokerId}`, reason);
}
