import { runAction } from '@kafka-ha/action-kit';
import { failoverTestAction } from './failover-test-action.ts';

void runAction(failoverTestAction);
