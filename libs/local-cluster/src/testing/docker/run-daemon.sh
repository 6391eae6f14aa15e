#!/bin/sh
# The first process inside daemon.sh's root.
set -u
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

# Kubelets set these for the whole machine.
settings='kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes vm/overcommit_memory vm/panic_on_oom'
for setting in $settings; do cat "/proc/sys/$setting" > "/run/$(basename "$setting")"; done

ip link set lo up
dockerd --data-root "$DIRECTORY/data" --host "unix://$DIRECTORY/docker.sock" --storage-driver overlay2 \
  --cgroup-parent "/$GROUP" --add-runtime own=/root/runc.sh --default-runtime own < /dev/null &
cat > /dev/null
kill $!
wait $!
kill -KILL -1 2> /dev/null # what is left of containers

for setting in $settings; do cat "/run/$(basename "$setting")" > "/proc/sys/$setting"; done
groups() { find /sys/fs/cgroup -depth -type d -path "*/$GROUP*"; }
left=100 # the kernel takes a moment to bury them
until groups | xargs -r rmdir 2> /dev/null && [ -z "$(groups)" ]; do
  left=$((left - 1))
  [ $left -gt 0 ] || exit 1
  sleep 0.1
done
