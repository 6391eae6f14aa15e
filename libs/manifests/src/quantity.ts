/** Bytes as Kubernetes itself would write them, so that what is stored reads as what was sent. */
export function bytesQuantity(bytes: number): string {
  const unit = binaryUnits.find(({ size }) => bytes % size === 0);
  return unit === undefined || bytes === 0 ? String(bytes) : `${bytes / unit.size}${unit.suffix}`;
}

/** Thousandths of a core, likewise. */
export function cpuQuantity(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/**
 * What a quantity of the API server is worth, such as `250m`, `16Gi`, `345678901n` or `1e3`; undefined where the text is not one. A
 * person writes sizes and CPU into the cluster file in fewer ways, which its schema names.
 *
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string): number | undefined {
  const [, number, suffix = ''] = quantityPattern.exec(text) ?? [];
  if (number === undefined) return undefined;
  const unit = binaryUnits.find((each) => each.suffix === suffix);
  return unit === undefined ? Number(`${number}${exponents[suffix] ?? suffix}`) : Number(number) * unit.size;
}

const quantityPattern = /^([+-]?(?:\d+\.?\d*|\.\d+))([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i|)$/;

const binaryUnits = [
  { suffix: 'Ei', size: 1024 ** 6 },
  { suffix: 'Pi', size: 1024 ** 5 },
  { suffix: 'Ti', size: 1024 ** 4 },
  { suffix: 'Gi', size: 1024 ** 3 },
  { suffix: 'Mi', size: 1024 ** 2 },
  { suffix: 'Ki', size: 1024 },
];

/** As a number of JavaScript has them: so 300m is what 0.3 is, to the last bit. */
const exponents: Readonly<Record<string, string>> = {
  n: 'e-9',
  u: 'e-6',
  m: 'e-3',
  k: 'e3',
  M: 'e6',
  G: 'e9',
  T: 'e12',
  P: 'e15',
  E: 'e18',
};
