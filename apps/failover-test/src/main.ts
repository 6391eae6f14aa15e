import { runAction } from '@kafka-ha/action-kit';
import { failoverTestAction } from './failover-test-action.ts';

export const main = (): Promise<never> => runAction(failoverTestAction);
