import { runAction } from '@kafka-ha/action-kit';
import { scaleAction } from './scale-action.ts';

export const main = (): Promise<never> => runAction(scaleAction);
