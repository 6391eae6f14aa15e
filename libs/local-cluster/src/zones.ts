/** zone-a, zone-b, … for workers 1, 2, …, in turn. */
export function zoneOf(worker: number, zones: number): string {
  return `zone-${String.fromCharCode('a'.charCodeAt(0) + ((worker - 1) % zones))}`;
}
