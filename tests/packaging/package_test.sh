#!/usr/bin/env bash
# Makes the Debian package of a finished release build and looks at it from all sides.
#   package_test.sh BUILD_DIR            checks the package and runs the program out of it, installing nothing; well under a minute
#   package_test.sh --long BUILD_DIR     also installs, starts and removes it in a fresh Debian system (root; minutes; network)
# No step changes the system it runs on.
set -euo pipefail
source=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
here=$source/tests/packaging
is_long=
[ "${1:-}" != --long ] || { is_long=1; shift; }
[ $# -eq 1 ] && [ -f "$1/CPackConfig.cmake" ] || { echo "usage: $0 [--long] BUILD_DIR (of a configured release build)" >&2; exit 2; }
build=$(cd "$1" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/affinity-package.XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen HOME=$work/home XDG_RUNTIME_DIR=$work/run PYTHONDONTWRITEBYTECODE=1
mkdir -p "$HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"

step() { printf '== %s (%s s)\n' "$1" "$SECONDS"; }
fail() { printf 'FAILED: %s\n' "$1"; exit 1; }

for tool in lintian desktop-file-validate appstreamcli man dpkg-deb dpkg-shlibdeps file readelf objdump; do
  command -v "$tool" >/dev/null || fail "$tool is missing; ./dev test installs it"
done

step "package"
[ -x "$build/app/affinity-console" ] || fail "$build/app/affinity-console is not built"
[ -f "$build/packaging/affinity-console.spdx.json" ] || fail "the target package_files is not built"
cpack --config "$build/CPackConfig.cmake" -G DEB -B "$work/out" >"$work/cpack.log" 2>&1 || { cat "$work/cpack.log"; fail "cpack"; }
package=$(echo "$work"/out/*.deb)
[ -f "$package" ] || fail "cpack made no package"
version=$(sed -n 's/^project(affinity-console VERSION \([0-9.]*\) .*/\1/p' "$source/CMakeLists.txt")
[ "$(dpkg-deb -f "$package" Version)" = "$version" ] || fail "the package's version is not the project's, $version"
dpkg-deb --info "$package" | sed -n 's/^ \(Package\|Version\|Installed-Size\|Depends\|Recommends\|Suggests\):/\1:/p'
depends=$(dpkg-deb -f "$package" Depends)
for dependency in libqt6core6 libqt6widgets6 libqt6charts6 libqt6sql6-sqlite libqt6svg6 fonts-roboto-unhinted fonts-jetbrains-mono tzdata; do
  grep -qE "(^|, )$dependency( |,|\$)" <<<"$depends" || fail "the package does not depend on $dependency"
done
[ -z "$(dpkg-deb --ctrl-tarfile "$package" | tar t | grep -vE '^\./(control|md5sums)?$')" ] || fail "the package has scripts or conffiles"

step "lintian"
as_root=()
[ "$(id -u)" -ne 0 ] || as_root=(--allow-root)
lintian "${as_root[@]}" --profile debian --fail-on error,warning --tag-display-limit 0 \
  --suppress-tags-from-file "$here/lintian-tags" "$package" || fail "lintian"

step "contents"
root=$work/root
dpkg-deb -x "$package" "$root"
program=$root/usr/bin/affinity-console
for path in bin/affinity-console share/applications/affinity-console.desktop share/man/man1/affinity-console.1.gz \
  share/man/zh_CN/man1/affinity-console.1.gz share/doc/affinity-console/{copyright,changelog.gz,affinity-console.spdx.json} \
  share/affinity-console/scenarios/{demo,bench8}.json share/affinity-console/schemas/affinity-{scenario,rule-set}.json \
  share/icons/hicolor/scalable/apps/affinity-console.svg; do
  [ -s "$root/usr/$path" ] || fail "$path is not in the package"
done
for size in 16 24 32 48 64 128 256 512; do
  grep -q "PNG image data, $size x $size," <<<"$(file "$root/usr/share/icons/hicolor/${size}x$size/apps/affinity-console.png")" ||
    fail "the icon of $size pixels"
done
desktop-file-validate "$root"/usr/share/applications/*.desktop || fail "desktop entry"
appstreamcli validate --no-net "$root"/usr/share/metainfo/*.metainfo.xml || fail "metainfo"
launchable=$(sed -n 's/.*<launchable type="desktop-id">\(.*\)<.*/\1/p' "$root"/usr/share/metainfo/*.metainfo.xml)
[ -f "$root/usr/share/applications/$launchable" ] || fail "the metainfo launches $launchable, which is not there"

step "man pages"
for page in "$root"/usr/share/man/man1/*.gz "$root"/usr/share/man/zh_CN/man1/*.gz; do
  MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>"$work/man.log" >/dev/null || fail "man cannot read $page"
  [ ! -s "$work/man.log" ] || { cat "$work/man.log"; fail "man warns about $page"; }
  # Every command and option of --help, and no other.
  MANWIDTH=200 man -E UTF-8 -l "$page" 2>/dev/null | grep -oE '^ {7}--[a-z-]+|^ {3}[a-z][a-z-]*( [A-Z].*)?$' | sed 's/^ *//' >"$work/in-man"
  "$program" --help | grep -oE '^ +--[a-z-]+|^  [a-z][a-z-]*[^:]*:' | sed 's/^ *//; s/:$//' >"$work/in-help"
  diff "$work/in-help" "$work/in-man" || fail "$page does not list what --help lists"
done
"$source/packaging/manpage.py" --program "$program" --frame "$source/packaging/man/affinity-console.zh_CN.1.in" \
  --words "$source/packaging/man/zh_CN.json" --strict --version "$version" --output "$work/zh.gz" ||
  fail "put the missing words into packaging/man/zh_CN.json"

step "hardening"
# Into files first: grep -q ends early, and a broken pipe would count as a failure.
readelf -hldSW "$program" >"$work/elf"
readelf --dyn-syms -W "$program" >"$work/symbols"
grep -q 'Type: *DYN (Position-Independent' "$work/elf" || fail "not position-independent"
grep -q GNU_RELRO "$work/elf" || fail "no RELRO"
grep -q 'BIND_NOW\|FLAGS_1.*NOW' "$work/elf" || fail "symbols are bound lazily"
grep -q 'GNU_STACK.* RW ' "$work/elf" || fail "the stack is executable"
grep -q __stack_chk_fail "$work/symbols" || fail "no stack protector"
grep -qE ' __[a-z]+_chk(@|$)' "$work/symbols" || fail "no fortified functions"
! grep -qE 'RPATH|RUNPATH' "$work/elf" || fail "the program has a run path"
! grep -q '\.symtab' "$work/elf" || fail "the program is not stripped"
! grep -qaF "$source/" "$program" || fail "the program names the folder it was built in"
[ "$(uname -m)" != x86_64 ] || [ "$(objdump -d "$program" | grep -c endbr64)" -gt 1000 ] || fail "no control-flow protection"

step "bill of materials"
"$here/check_sbom.py" "$root/usr/share/doc/affinity-console/affinity-console.spdx.json" "$program" "$version" || fail "bill of materials"

step "start"
[ "$("$program" --version)" = "affinity-console $version" ] || fail "--version"
"$program" simulate "$root/usr/share/affinity-console/scenarios/bench8.json" --devices 500 --days 7 --out "$work/packaged.json"
"$build/app/affinity-console" simulate "$source/resources/scenarios/bench8.json" --devices 500 --days 7 --out "$work/built.json"
digest() { sed -n 's/.*"digest": *"\([^"]*\)".*/\1/p' "$1"; }
[ -n "$(digest "$work/packaged.json")" ] || fail "the simulation has no digest"
[ "$(digest "$work/packaged.json")" = "$(digest "$work/built.json")" ] || fail "the packaged program simulates something else"

[ -z "$is_long" ] || "$here/install_test.sh" "$package" || fail "install, start, remove"
step "package is fine"
