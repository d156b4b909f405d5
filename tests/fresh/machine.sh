#!/usr/bin/env bash
# Benchmate on a machine that has nothing: an empty Debian with what the README asks for, a clone of this checkout's last
# commit, and then what the README tells a newcomer to type, as somebody who is not root. `make fresh` calls it.
#
#   sudo tests/fresh/machine.sh [--until demo|test|browser] [--keep] [--log FILE]
#
# Needs root, debootstrap (apt install debootstrap) and util-linux. What this machine itself needs to reach Debian's and
# Python's packages (apt's sources, pip's settings, proxies, certificates) is lent to the empty one while it runs; none of it
# is in this tree. All mounts and processes live in a namespace of their own and end with it.
# Exit: 0 all of it worked; 1 a step did not; 2 no empty machine could be made here, so nothing is known.
set -euo pipefail
HERE=$(cd "$(dirname "$0")/../.." && pwd)
UNTIL=browser KEEP= LOG=$HERE/build/fresh-machine.log

no_machine() {
    echo "No empty machine could be made here, so nothing was proven: $1" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
        --until) UNTIL=$2; shift 2 ;;
        --log) LOG=$2; shift 2 ;;
        --keep) KEEP=1; shift ;;
        *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
case $UNTIL in demo | test | browser) ;; *) no_machine "--until is demo, test or browser, not $UNTIL." ;; esac
[ "$(id -u)" = 0 ] || no_machine "this needs root (sudo)."
for tool in debootstrap unshare chroot git; do
    command -v "$tool" >/dev/null || no_machine "$tool is not installed."
done
unshare --mount --pid --fork true 2>/dev/null || no_machine "this machine does not let programs have a namespace of their own."

mkdir -p "$(dirname "$LOG")"
# Where pip has folders of its own for packages, it says of each package which of them has it not
exec > >(grep --line-buffered -v 'is ignored: it is neither a file nor a directory' | tee "$LOG") 2>&1
ROOM=$(mktemp -d "${TMPDIR:-/tmp}/fresh-machine.XXXXXX")
chmod 755 "$ROOM"
clean_up() {
    if [ -n "$KEEP" ]; then echo "Kept: $ROOM"; else rm -rf --one-file-system "$ROOM"; fi
}
trap clean_up EXIT

. /etc/os-release
SUITE=${SUITE:-$([ "${ID:-}" = debian ] && echo "${VERSION_CODENAME:-stable}" || echo stable)}
MIRROR=${MIRROR:-$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v suite="$SUITE" '$1 == suite { print $2; exit }' || true)}
[ -z "$(git -C "$HERE" status --porcelain)" ] || echo "What is not committed does not come along."
echo "Fresh machine of $(date -u '+%Y-%m-%d %H:%M UTC'), Debian $SUITE, $(uname -m), $(nproc) cores; commit $(git -C "$HERE" rev-parse --short HEAD)"

began=$SECONDS
debootstrap --variant=minbase "$SUITE" "$ROOM" ${MIRROR:+"$MIRROR"} >"$LOG.debootstrap" 2>&1 || {
    tail -5 "$LOG.debootstrap"
    no_machine "debootstrap failed."
}
rm -f "$LOG.debootstrap"
echo "== an empty Debian: $((SECONDS - began)) s, $(chroot "$ROOM" dpkg-query --show | wc -l) packages"
git clone --quiet --bare --no-local "$HERE" "$ROOM/srv/benchmate.git"

export HERE ROOM SUITE UNTIL
unshare --mount --pid --fork --kill-child --propagation private bash "$HERE/tests/fresh/steps.sh"
