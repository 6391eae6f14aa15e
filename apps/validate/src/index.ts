import { runAction } from '@kafka-ha/action-kit';
import { validateAction } from './validate-action.ts';

void runAction(validateAction);
