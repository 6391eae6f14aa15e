#!/bin/sh
# A Docker daemon that shares nothing with the machine but its kernel, /tmp and /var/tmp. Reads from its environment TREE, what it
# runs from, DIRECTORY, what it writes to, and GROUP, its control group. It ends, with all containers, when its stdin does.
# Needs `unshare --mount --net --ipc --pid --fork --kill-child`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$DIRECTORY/root
mount --make-rprivate /
mkdir -p "$root" "$DIRECTORY/upper" "$DIRECTORY/work"
mount -t overlay overlay -o "lowerdir=$TREE,upperdir=$DIRECTORY/upper,workdir=$DIRECTORY/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /dev "$root/dev"
for shared in tmp var/tmp; do mount --bind "/$shared" "$root/$shared"; done
mount -t tmpfs tmpfs "$root/run"

if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
else
  mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
  for hierarchy in /sys/fs/cgroup/*; do
    own=$root$hierarchy
    if [ -L "$hierarchy" ]; then
      cp -P "$hierarchy" "$own"
    else
      mkdir "$own"
      mount --bind "$hierarchy" "$own"
    fi
  done
  # Where these are missing, systemd in the nodes mounts them once for all nodes, whose kubelets end each other's pods.
  for controllers in hugetlb perf_event net_cls,net_prio; do
    own=$root/sys/fs/cgroup/$controllers
    [ ! -e "$own" ] || continue
    mkdir "$own"
    mount -t cgroup -o "$controllers" cgroup "$own" 2> /dev/null || rmdir "$own"
  done
fi

cp "$here/runc.sh" "$here/run-daemon.sh" "$root/root/"
cd "$root"
pivot_root . .
umount -l .
exec chroot . /root/run-daemon.sh
