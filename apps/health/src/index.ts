import { runAction } from '@kafka-ha/action-kit';
import { healthAction } from './health-action.ts';

void runAction(healthAction);
