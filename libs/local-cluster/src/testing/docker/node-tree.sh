#!/bin/sh
# What a node of kind runs from, without any registry: node-tree.sh TREE, a new directory. Reads from its environment KIND, the
# folder of kind's Go module, KUBERNETES, that of the compiled program, VERSION, MANIFESTS, what kind applies, and IMAGES, in the
# layout of `docker save`.
set -eu
tree=$1
packages=systemd,conntrack,iptables,nftables,iproute2,ethtool,kmod,libseccomp2,mount,util-linux,e2fsprogs,ca-certificates,curl,jq,procps
mmdebstrap --variant=minbase --include="$packages,containerd,runc,containernetworking-plugins" \
  "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$tree"

# As kind's images/base/Dockerfile does it.
files=$KIND/images/base/files
(cd "$files" && find . -type f) | while read -r file; do
  case $file in */bin/*) mode=755 ;; *) mode=644 ;; esac
  install -D -m "$mode" "$files/$file" "$tree/$file"
done
units=$tree/lib/systemd/system
rm -f "$units"/sysinit.target.wants/systemd-tmpfiles-setup.service "$units"/*/*udev* "$units"/*/*initctl* \
  "$units"/multi-user.target.wants/* "$units"/local-fs.target.wants/* "$units"/basic.target.wants/* \
  "$tree"/etc/systemd/system/*.wants/*
echo 'ReadKMsg=no' >> "$tree/etc/systemd/journald.conf"
ln -sf /lib/systemd/systemd "$tree/sbin/init"
chroot "$tree" systemctl --quiet enable kubelet containerd undo-mount-hacks
chroot "$tree" systemctl --quiet mask systemd-binfmt
mkdir -p "$tree/etc/kubernetes/manifests" "$tree/opt/cni/bin" "$tree/kind/manifests"
for program in containerd ctr containerd-shim-runc-v2; do ln -s "/usr/bin/$program" "$tree/usr/local/bin/"; done
ln -s /usr/sbin/runc "$tree/usr/local/sbin/runc"
for plugin in host-local loopback ptp portmap; do ln -s "/usr/lib/cni/$plugin" "$tree/opt/cni/bin/"; done
chroot "$tree" ctr oci spec |
  jq '.hooks.createContainer += [{path: "/kind/bin/mount-product-files.sh"}] | del(.process.rlimits)' \
    > "$tree/etc/containerd/cri-base.json"

# Root of a container may not be allowed to raise limits or to lower scores (CAP_SYS_RESOURCE).
sed -i '/^Limit\|^OOMScoreAdjust/d' "$tree/etc/systemd/system/containerd.service"
sed -i 's/restrict_oom_score_adj = false/restrict_oom_score_adj = true/' "$tree/etc/containerd/config.toml"

cp "$KUBERNETES/kubernetes" "$tree/usr/bin/"
for part in kubelet kubeadm kubectl; do ln -s kubernetes "$tree/usr/bin/$part"; done
printf %s "$VERSION" > "$tree/kind/version"
cp "$MANIFESTS"/* "$tree/kind/manifests/"

# Into its containerd, which unpacks an image when a pod first asks for it.
unshare --mount --pid --net --ipc --fork --kill-child sh -euc '
  tree=$1
  mount --rbind /dev "$tree/dev"
  mount --rbind /sys "$tree/sys"
  mount -t proc proc "$tree/proc"
  for scratch in run tmp; do mount -t tmpfs tmpfs "$tree/$scratch"; done
  mount --bind "$IMAGES" "$tree/mnt"
  chroot "$tree" sh -euc "
    containerd > /tmp/log 2>&1 &
    until ctr version > /dev/null 2>&1; do kill -0 \$!; sleep 0.1; done
    tar -C /mnt -cf - . | ctr --namespace k8s.io images import --no-unpack -
    kill \$!
    wait \$! || true
  "
' sh "$tree"
rm -rf "$tree/var/cache/apt" "$tree/var/lib/apt/lists"
