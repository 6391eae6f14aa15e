import { runAction } from '@kafka-ha/action-kit';
import { planAction } from './plan-action.ts';

export const main = (): Promise<never> => runAction(planAction);
