import { runAction } from '@kafka-ha/action-kit';
import { healthAction } from './health-action.ts';

export const main = (): Promise<never> => runAction(healthAction);
