import { runAction } from '@kafka-ha/action-kit';
import { deployAction } from './deploy-action.ts';

export const main = (): Promise<never> => runAction(deployAction);
