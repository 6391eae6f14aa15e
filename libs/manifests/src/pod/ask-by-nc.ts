import { scratchPath } from '../paths.ts';

/** Shell functions that print numbers of 32 and 64 bits, big end first, as `printf` reads bytes. */
export const numbersAsBytes = `integer() { printf '\\\\%03o\\\\%03o\\\\%03o\\\\%03o' $(($1 >> 24 & 255)) $(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)); }
  long() { integer $(($1 >> 32)); integer "$1"; }`;

type Question = {
  /** As words of the shell. */
  host: string;
  port: number;
  /** What an answer looks like after which no more will come, as patterns of the shell's `case`. */
  complete: string;
  /** The same in words. */
  when: string;
};

/**
 * The shell function `ask`: sends bytes, and prints what is answered. It speaks with busybox's tools, for a JVM would take
 * longer to start than is won. Needs `$limit`.
 */
export function askByNc({ host, port, complete, when }: Question): string {
  return `# The answer in hexadecimal digits. Alpine's nc ends when the server has closed the connection and its input is at its end,
  # too. So the pipe is closed when no more will come: nc has gone, ${when}.
  ask() {
    rm -f ${scratchPath}/ask
    mkfifo ${scratchPath}/ask
    \${limit:+timeout 3} nc -w 2 ${host} ${port} < ${scratchPath}/ask > ${scratchPath}/answer 2> /dev/null &
    exec 3> ${scratchPath}/ask
    printf "$1" >&3 || true
    polls=0
    while kill -0 $! 2> /dev/null && [ $polls -lt 30 ]; do
      case "$(answered)" in ${complete}) break ;; esac
      polls=$((polls + 1))
      sleep 0.1
    done
    exec 3>&-
    wait $! || true
    answered
  }
  answered() { od -An -v -tx1 ${scratchPath}/answer | tr -d ' \\n'; }`;
}
