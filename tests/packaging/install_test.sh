#!/usr/bin/env bash
# Installs a package in a fresh, throw-away Debian system, starts the program there as an ordinary user, removes it, and looks at what stays.
#   install_test.sh PACKAGE.deb
# Needs root (debootstrap, chroot), the machine's own Debian mirror, and some minutes. The system it runs on is only read.
set -euo pipefail
[ $# -eq 1 ] && [ -f "$1" ] || { echo "usage: $0 PACKAGE.deb" >&2; exit 2; }
package=$(readlink -f "$1")
[ "$(id -u)" -eq 0 ] || { echo "The installation test needs root: it makes a Debian system with debootstrap." >&2; exit 3; }
work=$(mktemp -d "${TMPDIR:-/tmp}/affinity-install.XXXXXX")
root=$work/debian
display_pid=
finish() {
  [ -z "$display_pid" ] || kill "$display_pid" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap finish EXIT

step() { printf '== %s (%s s)\n' "$1" "$SECONDS"; }
fail() { printf 'FAILED: %s\n' "$1"; exit 1; }
for tool in debootstrap unshare Xvfb xwininfo; do
  command -v "$tool" >/dev/null || fail "$tool is missing; ./dev test --long installs it"
done

# A command in the new system. Its mounts and processes are in a name space of their own and end with it.
inside() {
  unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" chroot "$root" \
    /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
as_guest() { inside runuser -u guest -- env --chdir=/home/guest HOME=/home/guest XDG_RUNTIME_DIR=/home/guest/run "$@"; }
# Every file of the system but those of the package manager's own books and of the guest.
listing() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./home -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/lib/apt \
    -o -path ./var/log -o -path ./var/cache \) -prune -o -printf '%y %m %p %l\n' | sort)
}

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
targets() { apt-get indextargets --format "$1" 'Created-By: Packages' 'Origin: Debian' 'Component: main' "${@:2}" | sort -u; }
mirror=$(targets '$(REPO_URI)' "Codename: $codename" | head -n 1)
[ -n "$mirror" ] || fail "apt names no Debian mirror for $codename"

step "a fresh $codename from $mirror"
mkdir "$root"
debootstrap --variant=minbase "$codename" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 || { tail -n 20 "$work/debootstrap.log"; fail "debootstrap"; }
targets 'deb $(REPO_URI) $(RELEASE) main' >"$root/etc/apt/sources.list"
apt-config dump | grep -i '^Acquire::[a-z]*::Proxy ' >"$root/etc/apt/apt.conf.d/proxy" || true
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
inside useradd --create-home guest
inside install --directory --owner=guest --mode=700 /home/guest/run
cp "$package" "$root/tmp/package.deb"

step "dependencies, without what is only recommended"
{ inside apt-get update -qq && inside apt-get satisfy -y -qq --no-install-recommends "$(dpkg-deb -f "$package" Depends)"; } \
  >"$work/apt.log" 2>&1 || { tail -n 20 "$work/apt.log"; fail "the dependencies cannot be installed"; }

step "install"
listing >"$work/before"
inside dpkg -i /tmp/package.deb >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "dpkg -i"; }
[ -z "$(inside dpkg --audit)" ] || fail "dpkg --audit complains"
[ -z "$(inside dpkg --verify affinity-console)" ] || fail "installed files differ from the package's"
inside apt-get check -qq || fail "apt-get check"
listing >"$work/installed"
echo "$(comm -13 "$work/before" "$work/installed" | grep -c '^f') files installed"

step "start: version, simulation, and the tour that makes the demo store"
as_guest affinity-console --version
as_guest affinity-console simulate /usr/share/affinity-console/scenarios/demo.json --devices 500 --days 14 --out - >"$work/simulated.json" ||
  fail "simulate"
grep -q '"digest"' "$work/simulated.json" || fail "the simulation has no digest"
as_guest affinity-console >"$work/tour.log" 2>&1 || { cat "$work/tour.log"; fail "tour"; }
demo=/home/guest/.local/share/affinity-console/demo.sqlite
[ -s "$root$demo" ] || { cat "$work/tour.log"; fail "the tour made no demo store at $demo"; }
as_guest affinity-console --store "sqlite:$demo" reconcile >"$work/reconcile.log" 2>&1 || { cat "$work/reconcile.log"; fail "reconcile"; }

step "the window, for five seconds"
# The X server is this machine's, so that its packages cannot stand in for a dependency that the package forgot.
Xvfb -displayfd 3 -screen 0 1440x900x24 -ac -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
display_pid=$!
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
display=:$(cat "$work/display")
as_guest DISPLAY="$display" affinity-console >"$work/window.log" 2>&1 &
window_pid=$!
is_shown() { xwininfo -display "$display" -root -tree 2>/dev/null | grep -E '\("affinity-console" "affinity-console"\) +[0-9]{3,}x[0-9]{3,}\+' >/dev/null; }
for _ in $(seq 300); do is_shown && break; kill -0 "$window_pid" 2>/dev/null || break; sleep 0.1; done
is_shown || { cat "$work/window.log"; fail "no window appeared"; }
sleep 5
kill -0 "$window_pid" 2>/dev/null || { cat "$work/window.log"; fail "the program ended by itself"; }
is_shown || fail "the window is gone"
[ -z "${AFFINITY_PICTURE:-}" ] || import -display "$display" -window root "$AFFINITY_PICTURE"
kill "$window_pid"
wait "$window_pid" 2>/dev/null || true
[ ! -s "$work/window.log" ] || { cat "$work/window.log"; fail "the program complained"; }

step "remove"
inside dpkg --remove affinity-console >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail "dpkg --remove"; }
# Configuration files would keep the package's name in dpkg's books; there are none, so removing is purging.
! inside dpkg-query -W affinity-console >/dev/null 2>&1 || fail "something is left to purge"
listing >"$work/after"
diff "$work/before" "$work/after" || fail "removing left the system changed"
[ -s "$root$demo" ] || fail "removing took the user's own data"
step "installed, started and removed"
