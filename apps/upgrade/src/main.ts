import { runAction } from '@kafka-ha/action-kit';
import { upgradeAction } from './upgrade-action.ts';

export const main = (): Promise<never> => runAction(upgradeAction);
