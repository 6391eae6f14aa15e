import { runAction } from '@kafka-ha/action-kit';
import { deployAction } from './deploy-action.ts';

void runAction(deployAction);
