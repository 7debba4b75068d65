#!/bin/sh
# Prove both commands of the README on a clean Debian 12 (debootstrap; python3 and ca-certificates only). As root:
#   sh installer/check-clean-machine.sh [FOLDER]
# FOLDER (default: a new temporary one) receives root/ and output/ and is left behind to look at; remove it afterwards.
# Mirror, proxy, certificates and package indexes are this machine's own, read now and kept nowhere:
# DEBIAN_MIRROR, *_proxy, PIP_*, UV_*, SSL_CERT_*, /etc/apt, /etc/pip.conf. Not part of continuous integration.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
source=$(dirname -- "$here")
folder=${1:-$(mktemp -d -t tidewatch-clean.XXXXXX)}
root=$folder/root
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

[ "$(id -u)" = 0 ] || { echo "A chroot needs root: sudo sh installer/check-clean-machine.sh" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "Install debootstrap first: apt-get install --yes debootstrap" >&2; exit 1; }
[ ! -e "$root" ] || { echo "$root is there already; name another folder." >&2; exit 1; }

step() { printf '\n== %s (%s)\n' "$*" "$(date +%T)"; }
leave() {
    for place in dev/shm dev/pts dev proc; do
        ! mountpoint -q "$root/$place" || umount -l "$root/$place"
    done
}
trap leave EXIT

step "A clean Debian 12 in $root"
mkdir -p "$folder"
debootstrap --variant=minbase --include=python3,ca-certificates bookworm "$root" "$mirror" >"$folder/debootstrap.log" ||
    { tail -n 20 "$folder/debootstrap.log" >&2; exit 1; }

step "This machine's way to the network"
for file in etc/resolv.conf etc/hosts etc/pip.conf etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "/$file" ] || cp -L "/$file" "$root/$file"
done
rm -f "$root/etc/apt/sources.list"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources /etc/apt/apt.conf \
    /etc/apt/apt.conf.d/*proxy* /etc/apt/auth.conf; do
    [ ! -e "$file" ] || cp -L "$file" "$root$file"
done
[ -n "$(find "$root/etc/apt" -name '*.sources' -o -name '*.list')" ] ||
    echo "deb $mirror bookworm main" >"$root/etc/apt/sources.list"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/dev/shm" "$root/dev/pts"
mount --bind /dev/shm "$root/dev/shm"
git -C "$source" clone --quiet --no-hardlinks "$source" "$root/root/tidewatch"

# Only what leads to the network goes in; one VARIABLE=value a line.
env | grep -E '^(PIP_(INDEX_URL|EXTRA_INDEX_URL|CERT|TRUSTED_HOST|PROXY|DEFAULT_TIMEOUT)|UV_(INDEX|DEFAULT_INDEX|INDEX_URL|NATIVE_TLS|HTTP_TIMEOUT)|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|(http|https|ftp|no|all)_proxy|(HTTP|HTTPS|NO|ALL)_PROXY)=' \
    >"$folder/network" || true
mv "$folder/network" "$root/network"
command_in() {
    env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        chroot "$root" /bin/sh -c '
        set -eu
        while IFS= read -r line; do export "$line"; done </network
        cd /root/tidewatch
        exec sh "$@"' clean "$@"
}

step "First command: sh installer/run.sh"
began=$(date +%s)
command_in installer/run.sh
echo "took $(($(date +%s) - began)) s"

step "What it left"
mkdir -p "$folder/output"
cp -r "$root/root/tidewatch/sample/output/." "$folder/output/"
ls -l "$folder/output"
find "$folder/output" -name '*.xlsx' -size +4k | grep -q . || { echo "no review workbook" >&2; exit 1; }
find "$folder/output" -name '*.png' -size +20k | grep -q . || { echo "no picture of the window" >&2; exit 1; }

step "First command again"
began=$(date +%s)
command_in installer/run.sh
echo "took $(($(date +%s) - began)) s"

step "Second command: sh installer/test.sh"
began=$(date +%s)
command_in installer/test.sh
echo "took $(($(date +%s) - began)) s"

step "Both commands succeed on a clean Debian 12; see $folder/output"
