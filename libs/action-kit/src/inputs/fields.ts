import type { ValueKind } from '@kafka-ha/config/values';
import { z } from 'zod';

/** An input may be left out: GitHub then hands over the default of action.yml or nothing, which is the same as empty. */
export const optionalText = () => z.string().optional();

/** An input of a kind that the command line takes as well; it may be left out. */
export const optionalValue = <T>({ parse, takes }: ValueKind<T>) =>
  z
    .string()
    .transform((written, context): T => {
      const value = parse(written);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: takes });
      return z.NEVER;
    })
    .optional();

/** `true` or `false`, as YAML's other ways to write them are strings to GitHub. */
export const flag = (whenEmpty: boolean) =>
  z
    .enum(['true', 'false'], 'true or false')
    .default(whenEmpty ? 'true' : 'false')
    .transform((written) => written === 'true');
