#!/usr/bin/env bash
# Runs a command as a Lambda function's process runs: as an unprivileged user who may write to /tmp only, the code at /var/task, the layers at
# /opt, the runtime at /var/runtime, Node at /var/lang, no /dev/shm, no name server, and only the environment variables given. It sees the Debian
# that lies in ROOT and nothing of this machine but its network. All mounts and processes live in namespaces that end with this script.
#
# usage: lambda-environment.sh ROOT TASK LAYERS RUNTIME LANGUAGE EMULATOR TMP_MB [NAME=VALUE]... COMMAND [ARGUMENT]...
set -euo pipefail

if [ -z "${INSIDE:-}" ]; then
  # The signal, so that a test run that is killed leaves nothing behind.
  INSIDE=1 exec setpriv --pdeathsig KILL unshare --mount --propagation private --pid --fork --kill-child -- "$0" "$@"
fi

root=$1 task=$2 layers=$3 runtime=$4 language=$5 emulator=$6 tmp_mb=$7
shift 7

show() {
  mount --bind "$1" "$root$2"
  mount --options remount,bind,ro "$root$2"
}
show "$root" ""
show "$task" /var/task
show "$layers" /opt
show "$runtime" /var/runtime
show "$language" /var/lang
show "$emulator" /var/rapid
mount -t proc proc "$root/proc"
mount -t tmpfs -o "size=${tmp_mb}m,mode=1777" tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mount --options remount,bind,ro "$root/dev"

# Lambda's own limit and user. Not exec: this shell, as the namespace's first process, is the one that --kill-child still reaches as root.
ulimit -n 1024
chroot "$root" /usr/bin/setpriv --reuid 993 --regid 990 --clear-groups --no-new-privs /usr/bin/env -i "$@"
