import { z } from 'zod';

/** An input may be left out: GitHub then hands over the default of action.yml or nothing, which is the same as empty. */
export const optionalText = () => z.string().optional();

/** `true` or `false`, as YAML's other ways to write them are strings to GitHub. */
export const flag = (whenEmpty: boolean) =>
  z
    .enum(['true', 'false'], 'true or false')
    .default(whenEmpty ? 'true' : 'false')
    .transform((written) => written === 'true');
