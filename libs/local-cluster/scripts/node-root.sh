#!/bin/sh
# The first process of a node, in namespaces of its own: gives the node a root that shares nothing with the machine's
# files, then becomes node.sh. Reads NODE_DIR, TREE, STORE, PROGRAMS and what node.sh reads from its environment.
set -eu
root=$NODE_DIR/root
var=$NODE_DIR/var
mkdir -p "$root" "$NODE_DIR/upper" "$NODE_DIR/work"
[ -d "$var" ] || cp -a "$TREE/var" "$var"

# containerd starts from the shared image store: its small files are copied, its unpacked layers are seen in place
containerd=$var/lib/containerd
snapshots=io.containerd.snapshotter.v1.overlayfs/snapshots
if [ ! -d "$containerd/$snapshots" ]; then
  mkdir -p "$containerd"
  tar -C "$STORE" --exclude "./$snapshots/*" -cf - . | tar -C "$containerd" -xf -
fi
for layer in "$STORE/$snapshots"/*; do
  mkdir -p "$containerd/$snapshots/${layer##*/}"
  mount --bind "$layer" "$containerd/$snapshots/${layer##*/}"
done

mount -t overlay overlay -o "lowerdir=$TREE,upperdir=$NODE_DIR/upper,workdir=$NODE_DIR/work" "$root"
mount --rbind "$var" "$root/var" # containerd cannot stack overlays upon an overlay
mkdir -p "$root/usr/local/bin"
mount --bind "$PROGRAMS" "$root/usr/local/bin"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"
cp "${0%/*}/node.sh" "$root/root/"
cp "${0%/*}/node.sh" "$root/root/node.sh"
cd "$root"
pivot_root . .
umount -l .
exec chroot . /root/node.sh
