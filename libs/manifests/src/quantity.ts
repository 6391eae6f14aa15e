/** Bytes as Kubernetes itself would write them, so that what is stored reads as what was sent. */
export function bytesQuantity(bytes: number): string {
  const unit = binaryUnits.find(({ size }) => bytes % size === 0);
  return unit === undefined || bytes === 0 ? String(bytes) : `${bytes / unit.size}${unit.suffix}`;
}

/** Thousandths of a core, likewise. */
export function cpuQuantity(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

const binaryUnits = [
  { suffix: 'Ti', size: 1024 ** 4 },
  { suffix: 'Gi', size: 1024 ** 3 },
  { suffix: 'Mi', size: 1024 ** 2 },
  { suffix: 'Ki', size: 1024 },
];
