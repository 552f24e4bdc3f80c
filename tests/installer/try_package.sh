#!/bin/sh
# By hand, as root: what the package does on a bare Debian 12 without any network, from install to purge.
#   sh tests/installer/try_package.sh OLD.deb NEW.deb [--demo]
# OLD.deb is a package with a lower version (python -m setup_steps.installer --frozen build/dist/kawei --version 0.0.9).
# Needs debootstrap and room for 4 GB under TMPDIR; prints what it sees and ends with "passed", or stops at a fault.
set -eu
old=$(realpath "$1"); new=$(realpath "$2"); demo=${3:-}
place=$(mktemp -d)
root=$place/root
umount_all() { umount -l "$root/dev/pts" "$root/dev/shm" "$root/dev" "$root/proc" 2>/dev/null || :; }
trap 'umount_all; rm -rf --one-file-system "$place"' EXIT
if [ -d "${BASE:-}" ]; then cp -a "$BASE" "$root"; else debootstrap --variant=minbase bookworm "$root" >"$place/log"; fi
mkdir -p "$root/pk"
cp "$old" "$root/pk/old.deb"; cp "$new" "$root/pk/new.deb"
mount -t proc proc "$root/proc"; mount -t tmpfs tmpfs "$root/dev"
for device in null zero random urandom tty; do cp -a "/dev/$device" "$root/dev/"; done
mkdir -p "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"; ln -s pts/ptmx "$root/dev/ptmx"

cat >"$root/pk/walk.sh" <<'WALK'
set -eu
data=/var/lib/kawei
listed() { find / -xdev \( -path /proc -o -path /dev -o -path /pk -o -path /tmp -o -path /var/cache -o -path /var/log \
    -o -path /var/lib/apt -o -path /var/lib/dpkg \) -prune -o -print | grep -v -e '^/etc/[a-z]*-$' | sort; }
put() { apt-get install -y --allow-downgrades --no-install-recommends "$1" 2>&1 | grep -e '^kawei:' -e '^Setting up kawei'; }
served() { # the room starts over what is there, and ends when told
    runuser -u kawei -- /usr/bin/kawei room --host 127.0.0.1 --port 0 >/tmp/told 2>/tmp/err & room=$!
    until grep -q listening /tmp/told; do kill -0 $room; sleep 0.1; done
    kill -TERM $room; wait $room || :; echo "the room started and ended"
}
listed >/pk/before
put /pk/old.deb
kawei doctor --lang en | grep -v ^warning
[ -z "${DEMO:-}" ] || { kawei demo --headless --lang en --out /tmp/demo >/tmp/summary; cat /tmp/summary | head -40; }
served
echo "# ours" >>/etc/kawei/kawei.toml
put /pk/new.deb
tail -1 /etc/kawei/kawei.toml | grep -q ours && echo "the edited settings are kept"
copy=$(ls -d $data/copies/*)
served
put /pk/old.deb
mv $data/room $data/room-aside; install -d -m 0700 -o kawei -g kawei $data/room
runuser -u kawei -- kawei room --restore "$copy" >/dev/null && served
sed -i 's/^#port = 8765/prot = 8765/' /etc/kawei/kawei.toml
code=0; kawei --lang en room 2>/tmp/err || code=$?
[ $code = 2 ] && tail -1 /tmp/err
apt-get remove -y kawei >/dev/null 2>&1
[ ! -e /usr/lib/kawei ] && [ -e /etc/kawei/kawei.toml ] && [ -e $data/room/kawei.sqlite ] && echo "removed; settings and data are kept"
if dpkg --purge kawei 2>/tmp/err; then echo "purge destroyed data unasked"; exit 1; fi
grep '^kawei:' /tmp/err; [ -e $data/room/kawei.sqlite ]
touch $data/may-be-destroyed
dpkg --purge kawei >/dev/null
listed >/pk/after
diff /pk/before /pk/after && ! getent passwd kawei >/dev/null && echo passed
WALK
# A network of its own, in which there is the machine itself and nothing else.
exec_in='ip link set lo up; exec chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive DEMO="$2" sh /pk/walk.sh'
unshare -n sh -c "$exec_in" sh "$root" "$demo"
