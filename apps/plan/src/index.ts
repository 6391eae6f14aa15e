import { runAction } from '@kafka-ha/action-kit';
import { planAction } from './plan-action.ts';

void runAction(planAction);
