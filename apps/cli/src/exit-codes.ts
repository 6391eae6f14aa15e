/** What the exit codes say. */
export const exitCodes = {
  done: 0,
  /** The command failed, or the cluster is not healthy. */
  failed: 1,
  /** It could not be told: whether the cluster is healthy, or what a drill has shown. */
  unknown: 2,
  /** A plan that changes something. */
  changes: 3,
  /** The command line is wrong: EX_USAGE of sysexits.h. */
  usage: 64,
  /** Ended by SIGINT, as a shell reports it: 128 + 2. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
