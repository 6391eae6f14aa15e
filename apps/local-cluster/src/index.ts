import { getState } from '@actions/core';
import { runAction, runPost } from '@kafka-ha/action-kit';
import { localClusterAction, startedName } from './local-cluster-action.ts';
import { removeCluster } from './remove-cluster.ts';

// The runner starts the same program once more when the job ends, with what the first one has saved.
const started = getState(startedName);
void (started === '' ? runAction(localClusterAction) : runPost((run) => removeCluster(started, run)));
