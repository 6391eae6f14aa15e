#!/bin/sh
# What runs a node inside its own root: its network, its volumes, containerd, and a kubelet as soon as there is a
# configuration for it. Reads NODE, ADDRESS, ROUTES, POD_CIDR, VOLUMES and SANDBOX_IMAGE from its environment.
set -eu
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
hostname "$NODE"
printf '127.0.0.1 localhost\n%s %s\n' "$ADDRESS" "$NODE" > /etc/hosts
: > /etc/resolv.conf
mount --make-rshared /
# kubelet sees to it that the kernel is set like this, for the whole machine: let it see what it wants
while read -r setting value; do
  echo "$value" > "/run/$(basename "$setting")"
  mount --bind "/run/$(basename "$setting")" "/proc/sys/$setting"
done <<END
kernel/panic 10
kernel/panic_on_oops 1
kernel/keys/root_maxkeys 1000000
kernel/keys/root_maxbytes 25000000
vm/overcommit_memory 1
vm/panic_on_oom 0
END

until ip link show eth0 > /dev/null 2>&1; do sleep 0.1; done
ip link set lo up
ip address add "$ADDRESS/24" dev eth0
ip link set eth0 up
echo "$ROUTES" | while read -r destination gateway; do ip route add "$destination" via "$gateway"; done
echo 1 > /proc/sys/net/ipv4/ip_forward
if [ -e /proc/sys/net/bridge ]; then echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables; fi
mkdir -p /etc/cni/net.d
cat > /etc/cni/net.d/10-pods.conflist <<END
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "$POD_CIDR"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
END

# each volume is a file system of its real size, in a sparse file: a full disk is full, and df in the pod says so
mkdir -p /var/volumes
for volume in $VOLUMES; do
  name=${volume%:*}
  file=/var/volumes/$name.ext4
  if [ ! -e "$file" ]; then
    truncate -s "${volume#*:}G" "$file.new"
    mkfs.ext4 -q -m 0 -i 65536 "$file.new"
    mv "$file.new" "$file"
  fi
  while [ -n "$(losetup --associated "$file")" ]; do sleep 0.1; done # of this node before it crashed
  device=$(losetup --find --show "$file")
  mkdir -p "/mnt/volumes/$name"
  # No direct I/O and no barriers: the volumes of all nodes are on one disk, and each fsync would wait for what all have written.
  # The memory that it is written to instead outlives a node that crashes.
  mount -o discard,noinit_itable,nobarrier "$device" "/mnt/volumes/$name"
  losetup --detach "$device" # as soon as it is unmounted, however that happens
done

cat > /etc/containerd.toml <<END
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$SANDBOX_IMAGE"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
END
keep() { # restarts a program that ends, as systemd would
  while :; do
    "$@" || true
    sleep 0.5
  done
}
run_kubelet() {
  flags=/var/lib/kubelet/kubeadm-flags.env
  [ -s $flags ] || return 0 # not before it is written: it is there, and empty, for a moment
  . $flags
  # shellcheck disable=SC2086
  kubelet --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml $KUBELET_KUBEADM_ARGS \
    >> /var/log/kubelet.log 2>&1
}
keep containerd --config /etc/containerd.toml >> /var/log/containerd.log 2>&1 &
until ctr version > /dev/null 2>&1; do sleep 0.1; done
ctr plugins list | grep -q ' cri .* ok' || { # or kubelet would have nobody to talk to
  grep grpc.v1.cri /var/log/containerd.log >&2
  exit 1
}
touch /run/ready
keep run_kubelet
