#!/bin/sh
# Unpacks Debian packages into a new directory: debian-tree.sh DIRECTORY PACKAGE...
# Nothing of them is run, so what their own scripts would have made is made here.
set -eu
tree=$1
shift
packages=$(echo "$*" | tr ' ' ',')
. /etc/os-release

# from where this machine has its own Debian packages, but from no third party's
set --
for sources in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  if grep -Eqs "(^|[[:space:]])$VERSION_CODENAME([[:space:]]|\$)" "$sources" &&
    grep -Eqs '(^|[[:space:]])main([[:space:]]|$)' "$sources"; then
    set -- "$@" "$sources"
  fi
done
mmdebstrap --variant=extract --include="$packages" "$VERSION_CODENAME" "$tree" "$@"

cat > "$tree/etc/passwd" <<END
root:x:0:0:root:/root:/bin/sh
appuser:x:1000:1000::/home/appuser:/bin/sh
nobody:x:65534:65534::/nonexistent:/bin/false
END
cat > "$tree/etc/group" <<END
root:x:0:
appuser:x:1000:
nogroup:x:65534:
END

for applet in $("$tree/bin/busybox" --list); do
  for directory in bin sbin usr/bin usr/sbin; do
    [ -e "$tree/$directory/$applet" ] || [ -L "$tree/$directory/$applet" ] && continue 2
  done
  ln -s /bin/busybox "$tree/bin/$applet"
done
if [ -e "$tree/usr/sbin/xtables-nft-multi" ]; then
  for family in iptables ip6tables; do
    for verb in '' -save -restore; do
      ln -sf xtables-nft-multi "$tree/usr/sbin/$family$verb"
    done
  done
fi
