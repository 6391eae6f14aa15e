/** A release as one number that can be compared, 4.10 being after 4.9: of `4.2.2`, `4.2` and `4.2-IV1` alike. */
export function releaseNumber(version: string): number {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major * 1_000 + minor;
}
