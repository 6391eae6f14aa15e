import { configPath } from '../paths.ts';
import { dynamicKeys } from './dynamic-keys.ts';

/**
 * Prints the settings of the ConfigMap, in the start script's shell. No revision holds it, so whoever may edit ConfigMaps
 * would have a say in anything: only what a running broker could be told as well is let through, a line each. Java would
 * end a line at a carriage return, too, and go on with the next one after a backslash.
 */
export const dynamicSettings = `carriage_return=$(printf '\\r')
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      *"$carriage_return"* | *\\\\) say "left out of dynamic.properties: \${line%%[!a-z.]*}" >&2 ;;
      ${dynamicKeys.map((key) => `${key}=*`).join(' | ')}) printf '%s\\n' "$line" ;;
      *) say "left out of dynamic.properties: \${line%%[!a-z.]*}" >&2 ;;
    esac
  done < ${configPath}/dynamic.properties`;
