# What happens on the empty machine; tests/fresh/machine.sh calls it in a namespace of its own.
# HERE is the checkout, ROOM the root of the empty machine, SUITE its Debian, UNTIL the last step.
set -euo pipefail
PERSON=newcomer HOUSE=/home/newcomer
DEMO_WITHIN=1800  # seconds until the link stands there, the installation among it

lend() {  # a file or folder of this machine, at the same place over there
    for path in "$@"; do
        [ -e "$path" ] || continue
        mkdir -p "$ROOM$(dirname "$path")"
        cp -rL "$path" "$ROOM$(dirname "$path")/"
    done
}

lend_the_network() {
    lend /etc/resolv.conf /etc/hosts
    . /etc/os-release
    if [ "${ID:-}" = debian ] && [ "${VERSION_CODENAME:-}" = "$SUITE" ]; then
        rm -rf "$ROOM/etc/apt/sources.list"
        lend /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/trusted.gpg.d /etc/apt/keyrings \
            /etc/apt/auth.conf /etc/apt/auth.conf.d /usr/share/keyrings
    fi
}

lend_pip_settings() {  # its files, and what they point to on this machine's disk, to be read only
    lend /etc/ssl/certs/ca-certificates.crt /etc/pip.conf
    for mine in .config/pip/pip.conf .pip/pip.conf; do
        [ -e "$HOME/$mine" ] && install -D -m 644 "$HOME/$mine" "$ROOM$HOUSE/$mine"
    done
    chroot "$ROOM" chown -R "$PERSON:" "$HOUSE"
    python3 -m pip config list 2>/dev/null | grep -oE "(file://)?/[^ ',]+" | sed 's|^file://||' | sort -u |
        while read -r path; do
            [ -d "$path" ] || continue
            # the folder itself may hold links to its neighbors
            top=/$(cut -d/ -f2-3 <<<"$path")
            mountpoint -q "$ROOM$top" && continue
            mkdir -p "$ROOM$top"
            mount --bind "$top" "$ROOM$top"
            mount -o remount,bind,ro "$ROOM$top"
        done
}

as_root() {
    chroot "$ROOM" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        "${PROXIES[@]}" "$@"
}

as_person() {  # in a terminal that has just been opened
    chroot --userspec="$PERSON:$PERSON" "$ROOM" env -i HOME="$HOUSE" USER="$PERSON" PATH=/usr/local/bin:/usr/bin:/bin \
        LANG=C.UTF-8 "${PROXIES[@]}" "${PIP_SETTINGS[@]}" sh -c "cd $HOUSE && $1"
}

step() {  # step NAME COMMAND...: say how long it took, and stop at the first that fails
    local name=$1 began=$SECONDS
    shift
    echo "== $name"
    if "$@"; then
        echo "== $name: done, $((SECONDS - began)) s"
    else
        echo "== $name: FAILED after $((SECONDS - began)) s"
        exit 1
    fi
}

install_what() {  # install_what FILE: what it says to install
    local packages
    packages=$(sed -n 's/^ *sudo apt install //p' "$HERE/$1" | head -1)
    [ -n "$packages" ] || { echo "$1 no longer says what to install."; return 1; }
    echo "sudo apt install $packages"
    # shellcheck disable=SC2086  # several packages
    as_root apt-get -qq -y install $packages >/dev/null
}

install_what_the_readme_says() {
    as_root apt-get -qq update
    install_what README.md
    as_root python3 --version
    lend_pip_settings  # afterwards: installing puts certificates in their place
}

demo_answers() {
    local printed=$ROOM/tmp/demo.txt waited=0 link group
    : >"$printed"
    set -m
    as_person "cd benchmate && exec make demo" >"$printed" 2>&1 &
    group=$!
    set +m
    until link=$(grep -oE 'http://127\.0\.0\.1:[0-9]+/' "$printed" | head -1) && [ -n "$link" ]; do
        if [ "$waited" -ge "$DEMO_WITHIN" ] || ! kill -0 "$group" 2>/dev/null; then
            cat "$printed"
            return 1
        fi
        sleep 1
        waited=$((waited + 1))
    done
    as_person "python3 -c 'import urllib.request as web; page = web.urlopen(\"$link\").read().decode(); assert \"Try this first\" in page'" ||
        { cat "$printed"; return 1; }
    kill -INT -- "-$group"  # Ctrl and C
    wait "$group" || true
    sed 's/^/    /' "$printed"
    grep -q 'The demo has ended.' "$printed"
}

browser() {
    install_what CONTRIBUTING.md
    as_person "cd benchmate && make browser" | tee "$ROOM/tmp/browser.txt"
    ! grep -qE '[0-9]+ skipped' "$ROOM/tmp/browser.txt"
}

mapfile -t PROXIES < <(env | grep -iE '^(https?|no|all)_proxy=' || true)
mapfile -t PIP_SETTINGS < <(env | grep -E '^PIP_' | grep -v '^PIP_REQUIRE_VIRTUALENV=' || true)
mount -t proc proc "$ROOM/proc"
mkdir -p "$ROOM/dev/shm"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$ROOM/dev/shm"
mkdir -p "$ROOM/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$ROOM/dev/pts"
printf '#!/bin/sh\nexit 101\n' >"$ROOM/usr/sbin/policy-rc.d"  # packages shall start no services
chmod 755 "$ROOM/usr/sbin/policy-rc.d"
as_root useradd --create-home --shell /bin/sh "$PERSON"
chroot "$ROOM" chown -R "$PERSON:" /srv/benchmate.git
lend_the_network

step "what the README asks for" install_what_the_readme_says
step "git clone" as_person "git clone --quiet /srv/benchmate.git benchmate && cd benchmate && git log -1 --oneline"
step "make demo" demo_answers
[ "$UNTIL" != demo ] || exit 0
step "make test" as_person "cd benchmate && make test"
[ "$UNTIL" != test ] || exit 0
step "make browser" browser
echo "== The README works on an empty machine."
