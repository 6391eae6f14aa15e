import { runAction } from '@kafka-ha/action-kit';
import { migrateAction } from './migrate-action.ts';

void runAction(migrateAction);
