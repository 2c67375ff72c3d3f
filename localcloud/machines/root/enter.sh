#!/bin/sh
# Runs a command in a machine's own root: this machine's files below, a tmpfs for everything that is written.
# Called in a mount namespace of its own (unshare --mount), so everything mounted here goes with the last process.
#   enter.sh once|keep ROOT MOUNTPOINT STUBS BINDS COMMAND...
# ROOT is a folder with what the machine has written so far; "keep" puts what the command wrote there. BINDS are lines
# "outside inside" of files and folders to show. Variables for the command come in through its own arguments (env).
set -eu
mode=$1 kept=$2 base=$3 stubs=$4 binds=$5
shift 5

mount -t tmpfs -o mode=755 localcloud "$base"
mkdir "$base/upper" "$base/work" "$base/root"
if [ -d "$kept" ]; then cp -a "$kept/." "$base/upper/"; fi
mount -t overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" overlay "$base/root"
root=$base/root

# The kernel's settings belong to the machine outside.
mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/run"
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t tmpfs -o mode=755 sys "$root/sys"
mkdir -p "$root/sys/fs/bpf" "$root/sys/fs/cgroup" "$root/sys/class/net"
touch "$root/sys/fs/cgroup/cgroup.controllers"
mount -t tmpfs -o mode=755 dev "$root/dev"
mkdir "$root/dev/shm" "$root/dev/pts"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount -t tmpfs -o mode=755 run "$root/run"

# What stands for the services of an Ubuntu image: see the stubs folder.
mkdir -p "$root/opt/localcloud" "$root/var/log/localcloud"
for stub in "$stubs"/*; do
  name=$(basename "$stub")
  for folder in usr/bin usr/sbin; do
    rm -f "$root/$folder/$name"
    cp "$stub" "$root/$folder/$name"
    chmod 755 "$root/$folder/$name"
  done
done
rm -f "$root/etc/os-release"
printf 'PRETTY_NAME="Ubuntu 24.04 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n' >"$root/etc/os-release"
hostname >"$root/etc/hostname"

# Inside, links must not be followed out: /var/run may be one to /run.
printf '%s\n' "$binds" | while read -r outside inside; do
  [ -n "$outside" ] || continue
  if [ -d "$outside" ]; then make='mkdir -p "$1"'; else make='mkdir -p "$(dirname "$1")" && touch "$1"'; fi
  place=$(chroot "$root" sh -c "$make; readlink -f \"\$1\"" sh "$inside")
  mount --rbind "$outside" "$root$place"
done

if [ "$mode" = once ]; then exec chroot "$root" "$@"; fi
code=0
chroot "$root" "$@" || code=$?
rm -rf "$kept.new"
mkdir "$kept.new"
cp -a "$base/upper/." "$kept.new/"
rm -rf "$kept"
mv "$kept.new" "$kept"
exit "$code"
