import { runAction } from '@kafka-ha/action-kit';
import { scaleAction } from './scale-action.ts';

void runAction(scaleAction);
