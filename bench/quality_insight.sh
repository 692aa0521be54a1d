#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# quality_insight.sh SITE: what the text engine makes of long support prose, apart from tweets. SITE is a site into which a
# community was imported that is all in English: so each text taken for another language is a mistake, and that is checked. What
# its feelings are nobody labelled: their shares are printed beside those that the engine finds in labelled tweets.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
HEARTH=${HEARTH:-$PWD/build/release/hearth}
DATA=${DATA:-../shared/data/text}
site=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
row() { printf '| %s | **%s** | %s |\n' "$@"; }
part() { awk -v n="$1" -v of="$2" 'BEGIN { printf "%.1f %%", (of > 0 ? n * 100 / of : 0) }'; }
# number LINE WORD: the number behind a word of a line of the status
number() { sed -n "s/^$1 .*[ ,;]$2 \([0-9]*\).*/\1/p" "$T/status" | head -n 1; }
total() { sed -n "s/^$1 *\([0-9]*\):.*/\1/p" "$T/status"; }

before=$(wc -c <"$site/sites/main.db")
bash -c 'TIMEFORMAT=%U; time "$0" insight analyse --data "$1" >"$2" 2>/dev/null' "$HEARTH" "$site" "$T/status" 2>"$T/cpu"
after=$(wc -c <"$site/sites/main.db")

printf '## Text engine on long support prose\n\n`make quality`, %s: the imported community (all in English), code and quotations left out. Feelings there are not labelled.\n\n' "$(date -u +%Y-%m-%d)"
echo '| measure | measured | details |'
echo '|---|---|---|'
for what in posts comments; do
	n=$(total $what)
	row "$what taken for English (all are)" "$(part "$(number $what en)" "$n")" "$n; $(sed -n "s/^$what .*; //p" "$T/status")"
	row "$what: negative, neutral, positive" "$(part "$(number $what negative)" "$n"), $(part "$(number $what neutral)" "$n"), $(part "$(number $what positive)" "$n")" "sure of $(part "$(number $what sure)" "$n")"
done
if [ -d "$DATA" ]; then
	cut -f3 "$DATA/train/sent_en_tweeteval.dev.tsv" | "$HEARTH" text analyse --tasks language,sentiment >"$T/tweets"
	n=$(wc -l <"$T/tweets")
	share() { part "$(grep -c "\"sentiment\": *\"$1\"" "$T/tweets" || :)" "$n"; }
	label() { part "$(cut -f1 "$DATA/train/sent_en_tweeteval.dev.tsv" | grep -cx "$1" || :)" "$n"; }
	row 'tweets (TweetEval, dev): negative, neutral, positive' "$(share neg), $(share neu), $(share pos)" "labelled $(label neg), $(label neu), $(label pos)"
	row 'tweets taken for English' "$(part "$(grep -c '"language": *"en"' "$T/tweets" || :)" "$n")" "$n"
fi
texts=$(($(total posts) + $(total comments)))
row 'CPU a text, reading and writing' "$(awk -v s="$(cat "$T/cpu")" -v n=$texts 'BEGIN { printf "%.3f ms", s * 1000 / n }')" 'user time of `hearth insight analyse`'
row 'disk a text, SQLite' "$(((after - before) / texts)) bytes" "posts and comments; $(((after - before) / $(total posts))) a post with its comments"
