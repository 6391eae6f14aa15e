/** 0 to count − 1: the ids of brokers, the ordinals of pods. */
export function ordinals(count: number): number[] {
  return Array.from({ length: count }, (_, ordinal) => ordinal);
}
