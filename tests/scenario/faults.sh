#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# A disk that is full, and one that fails to write or to sync. What was acknowledged is there afterwards, reading goes on,
# and when the cause is gone posting works again. The full disk is a tmpfs of its own (needs mount), the failing one is libfiu's.
cd "$(dirname "$0")/../.." || exit 2
disk=$(mktemp -d "${TMPDIR:-/tmp}/disk-XXXXXX")
wrapper=$disk.hearth
trap 'umount "$disk" 2>/dev/null; rmdir "$disk" 2>/dev/null; rm -f "$wrapper"*' EXIT
if mount -t tmpfs -o size=6m,mode=700 tmpfs "$disk" 2>/dev/null; then
	FULL_DISK=$disk
	export FULL_DISK
fi
# Where lib-faults.mjs says so, hearth runs with a failing call.
FAULTS_HEARTH=${HEARTH:-$PWD/build/debug/hearth}
HEARTH=$wrapper
export FAULTS_HEARTH HEARTH
cat >"$wrapper" <<'END'
#!/bin/sh
[ "${FAULTS_CALL:-}" ] || exec "$FAULTS_HEARTH" "$@"
exec fiu-run -x -f "$0.fiu" -c "enable_random name=posix/io/$FAULTS_CALL,probability=$FAULTS_ODDS" "$FAULTS_PLAIN" "$@"
END
chmod 755 "$wrapper"
"${NODE:-node}" tests/scenario/lib-faults.mjs "$@"
