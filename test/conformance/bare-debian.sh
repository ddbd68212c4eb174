#!/usr/bin/env bash
# Runs one line of shell inside the Debian that lies in ROOT, with nothing of this machine but the environment variables SEEN_* (under their names without SEEN_).
# All mounts, and all processes that the line starts, live in namespaces that end with it, so that ROOT can be removed without risk
# whatever happens. OFFLINE=1 leaves the line without a network.
#
# usage: bare-debian.sh ROOT USER FOLDER PATH LINE
set -euo pipefail

if [ -z "${INSIDE:-}" ]; then
  INSIDE=1 exec unshare --mount --propagation private --pid --fork --kill-child ${OFFLINE:+--net} -- "$0" "$@"
fi

root=$1 user=$2 folder=$3 path=$4 line=$5
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
[ -z "${OFFLINE:-}" ] || ip link set lo up
home=$(chroot "$root" /usr/bin/getent passwd "$user" | cut -d: -f6)
seen=()
while IFS= read -r name; do seen+=("${name#SEEN_}=${!name}"); done < <(compgen -e SEEN_)

# What the line's own parts take, for who wants to know where the time goes.
timed='npm() { local from=$(date +%s%N); command npm "$@" || return; echo "TOOK npm $*: $((($(date +%s%N) - from) / 1000000)) ms"; }'
exec chroot --userspec="$user" "$root" /usr/bin/env -i HOME="$home" PATH="$path:/usr/bin:/bin" "${seen[@]}" \
  bash -c "$timed; cd $folder && $line" 2>&1
