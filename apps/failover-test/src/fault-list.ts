import { oneOf, wordsOf } from '@kafka-ha/config/values';
import { faultNames, type FaultName } from '@kafka-ha/drills';
import { z } from 'zod';

/** Names of faults, apart by commas, spaces or lines; none for those that a pull request is held to. */
export const faultList = z
  .string()
  .default('')
  .transform((written, context): FaultName[] =>
    wordsOf(written).flatMap((name) => {
      const known = oneOf(faultNames).parse(name);
      if (known !== undefined) return known;
      context.addIssue({
        code: 'custom',
        message: `names of faults, separated by commas; ${name} is not a fault: ${faultNames.join(', ')}`,
      });
      return [];
    }),
  );
