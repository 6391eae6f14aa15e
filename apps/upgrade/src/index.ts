import { runAction } from '@kafka-ha/action-kit';
import { upgradeAction } from './upgrade-action.ts';

void runAction(upgradeAction);
