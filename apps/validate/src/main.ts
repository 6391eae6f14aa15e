import { runAction } from '@kafka-ha/action-kit';
import { validateAction } from './validate-action.ts';

export const main = (): Promise<never> => runAction(validateAction);
