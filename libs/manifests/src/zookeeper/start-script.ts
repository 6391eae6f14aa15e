import { pidFile, scratchPath, zookeeperSnapshotPath, zookeeperTransactionPath } from '../paths.ts';

/** What runs in a server's container before the JVM takes its place: servers count from 1, pods from 0. */
export const zookeeperStartScript = `#!/bin/sh
set -eu
rm -rf ${scratchPath}/*
mkdir -p ${zookeeperSnapshotPath} ${zookeeperTransactionPath}
echo $((\${POD_NAME##*-} + 1)) > ${zookeeperSnapshotPath}/myid
echo $$ > ${pidFile}
exec java "$@"
`;
