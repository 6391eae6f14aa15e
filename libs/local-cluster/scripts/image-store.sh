#!/bin/sh
# Unpacks images once, for all nodes to share: image-store.sh TREE ARCHIVE STORE
# Runs a containerd from the node's own tree on the directory STORE, in namespaces of its own (see image-store.ts).
# ARCHIVE is a directory in the layout of `docker save`. The packed layers are dropped: nothing reads them again.
set -eu
tree=$1 archive=$2 store=$3
mount --bind "$tree" "$tree"
mount --bind "$store" "$tree/var/lib/containerd"
mount --bind "$archive" "$tree/mnt"
mount --rbind /dev "$tree/dev"
mount --rbind /sys "$tree/sys"
mount -t proc proc "$tree/proc"
mount -t tmpfs tmpfs "$tree/run"
mount -t tmpfs tmpfs "$tree/tmp"
exec chroot "$tree" /bin/sh -euc '
  containerd &
  until ctr version > /dev/null 2>&1; do
    kill -0 $!
    sleep 0.1
  done
  tar -C /mnt -cf - . | ctr --namespace k8s.io images import -
  ctr --namespace k8s.io content prune references
  kill $!
  wait $! || true
'
