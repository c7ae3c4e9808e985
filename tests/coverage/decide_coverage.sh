#!/bin/sh
# Line and branch coverage of decide() by its own tests; fails under 100 %. Usage: decide_coverage.sh BUILD_DIR
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 BUILD_DIR" >&2
    exit 2
fi
build=$1
source=$(cd "$(dirname "$0")/../.." && pwd)

[ -f "$build/CMakeCache.txt" ] || cmake -S "$source" --preset coverage -B "$build" >/dev/null
cmake --build "$build" --target rules_tests
find "$build" -name '*.gcda' -delete

tests=$(find "$build" -name rules_tests -type f -perm -u+x | head -n 1)
"$tests" >"$build/rules_tests.log" 2>&1 || {
    cat "$build/rules_tests.log"
    exit 1
}
# Branches that the compiler adds for exceptions, and code it can prove unreachable, are nobody's decision.
exec gcovr --root "$source" --filter "$source/engine/rules/decide[.]cpp" --exclude-throw-branches --exclude-unreachable-branches \
    --print-summary --fail-under-line 100 --fail-under-branch 100 "$build"
