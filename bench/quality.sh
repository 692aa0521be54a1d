#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# quality.sh: measures the text engine on the development files and prints the section "Text engine" of bench/RESULTS.md
# (tools/run-quality.sh puts it there), beside the targets. Held-out files are scored elsewhere. DATA=../shared/data/text, MODEL=FILE for another model
# than the program's own.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
DATA=${DATA:-../shared/data/text}
HEARTH=${HEARTH:-$PWD/build/release/hearth}
BENCH_TEXT=${BENCH_TEXT:-$PWD/build/release/bench/bench-text}
[ -d "$DATA" ] || { echo "skip quality no $DATA" && exit 0; }
T=$(mktemp -d)
export HEARTH
trap 'rm -rf "$T"' EXIT
missed=0
hearth() { "$HEARTH" text "$@" ${MODEL:+--model "$MODEL"}; }

# measure FILE TASK: a report in $T/r
measure() { hearth evaluate "$DATA/$1" --task "$2" >"$T/r"; }
# get NAME: a figure of the report with its interval
get() { sed -n "s/^$1 *\([0-9.]*\) *\(\[.*\]\)\{0,1\}.*/\1 \2/p" "$T/r" | head -n 1 | sed 's/ *$//'; }
row() { printf '| %s | **%s** | %s | %s | %s |\n' "$@"; }

sentiment() {
	measure train/sent_en_tweeteval.dev.tsv sentiment
	row 'TweetEval sentiment (dev), macro-recall' "$(get macro-recall)" .640 .670 "calibration error $(get calibration)"
	measure train/sent_multi_umsab.dev.tsv sentiment
	row 'UMSAB (dev), 8 languages, mean macro-F1 (lowest)' "$(sed -n 's/^languages: mean macro-F1 \([0-9.]*\), lowest \([0-9.]*\)/\1 (\2)/p' "$T/r")" '.58 (.48)' '.63 (.53)' "$(awk '/^[a-z][a-z] +macro/ { printf "%s %s, ", $1, $3 }' "$T/r")see the card about hi"
	"${NODE:-node}" bench/hindi.mjs "$DATA" >"$T/hindi.tsv"
	hearth evaluate "$T/hindi.tsv" --task sentiment >"$T/r"
	row 'romanised Hindi of UMSAB (dev), labelled anew, macro-F1' "$(get macro-F1)" .48 .53 "its own labels say nothing, see the card; macro-recall $(get macro-recall)"
	for s in afrisenti nusax; do
		measure train/sent_multi_$s.dev.tsv sentiment
		if [ $s = afrisenti ]; then row 'AfriSenti (dev), macro-F1' "$(get macro-F1)" .59 .65 -; else row 'NusaX (dev), macro-F1' "$(get macro-F1)" .71 .77 -; fi
	done
	for s in de_potts en_airline zh_waimai; do
		measure "evaluate/sent_$s.dev.tsv" sentiment
		row "$s (dev, never trained on), macro-F1" "$(get macro-F1)" - - "macro-recall $(get macro-recall)"
	done
}

intents() {
	measure train/intent_en_clinc150.dev.tsv clinc150
	row 'CLINC150 (dev), in scope; out of scope at 5 % false rejects' "$(get 'in scope'), $(get 'out of scope')" '.91, .45' '.945, .65' -
	measure train/intent_en_bitext27.dev.tsv bitext27
	row 'bitext27 (dev), accuracy' "$(get accuracy)" - - -
	measure train/intent_en_purchase.dev.tsv purchase
	row 'purchase interest (dev, 108 texts), macro-F1' "$(get macro-F1)" .78 .84 -
	measure train/spam_en_sms.dev.tsv spam
	row 'spam, SMS (dev), F1' "$(awk '$1 == "yes" { print $5 }' "$T/r")" .93 .98 "accuracy $(get accuracy)"
	hearth evaluate "$DATA/train/cqa_answer_quality.train.tsv" --task quality --folds 10 >"$T/r"
	row 'answer quality, ten folds by question, text only, AUC' "$(get AUC)" .76 .82 "with the place in the conversation $(get 'AUC in order'); a head is trained without each tenth of the questions"
	measure evaluate/intent_en_complaint.dev.tsv complaint
	row 'complaint (dev, rules and sentiment), macro-F1' "$(get macro-F1)" .68 .75 -
	measure evaluate/intent_en_suggestion.dev.tsv idea
	row 'idea (dev, half of it ideas, rules), F1' "$(awk '$1 == "yes" { print $5 }' "$T/r")" .45 .60 "macro-F1 $(get macro-F1)"
	measure evaluate/offensive_en_tweeteval.dev.tsv offensive
	row 'offensive (dev, rules), macro-F1' "$(get macro-F1)" - - -
	measure evaluate/intent_en_npschat.dev.tsv question
	row 'question (NPS chats, dev, rules), F1' "$(awk '$1 == "yes" { print $5 }' "$T/r")" - - -
}

# Our own texts for what has no public set (docs/text-model.md).
structure() {
	for part in '' .kept; do
		hearth evaluate "tests/text/style$part.tsv" --task style >"$T/r"
		case $part in '') of='the half the phrases were mended by' ;; *) of='the half kept back' ;; esac
		row "style of an exchange, own set, $of, 100 texts, macro-F1" "$(get macro-F1)" - - "F1: $(awk '/^(one-way|dialogic|transparent|collaborative) / { printf "%s%s %s", sep, $1, $5; sep = ", " }' "$T/r")"
	done
	"${NODE:-node}" bench/aspects.mjs
}

# How often texts in which nobody buys anything are taken for interest to buy: FILE of a text a line.
wish() {
	hearth analyse --tasks intent <"$1" | awk '{ if (match($0, /"purchase":[0-9.]+/)) { n++; yes += substr($0, RSTART + 11, RLENGTH - 11) > 0.5 } } END { printf "%.2f %%", (n ? yes * 100 / n : 0) }'
}
wishes() {
	hearth evaluate tests/text/purchase.tsv --task purchase >"$T/r"
	own="own set of 80 texts: precision of yes $(awk '$1 == "yes" { print $3 }' "$T/r"), recall $(awk '$1 == "yes" { print $4 }' "$T/r")"
	cut -f3 "$DATA/train/intent_en_banking77.train.tsv" >"$T/bank"
	cut -f3 "$DATA/train/intent_en_clinc150.dev.tsv" >"$T/clinc"
	"${NODE:-node}" bench/community.mjs "$DATA" Posts Body >"$T/posts"
	"${NODE:-node}" bench/community.mjs "$DATA" Comments Text >"$T/comments"
	row 'alarms of purchase interest: posts and comments of the community' "$(wish "$T/posts"), $(wish "$T/comments")" - - "BANKING77 $(wish "$T/bank"), CLINC150 (dev, a few do order something) $(wish "$T/clinc"); $own"
}

# One table, two models: the one of all sets, and the one of the freely licensed sets alone.
both() {
	"$HEARTH" text train --data "$DATA" --sets open --out "$T/open.htx" 2>/dev/null
	echo '| measure (development files) | all sets | open sets only |'
	echo '|---|---|---|'
	pair() { # NAME FIGURE FILE TASK
		a=$(hearth evaluate "$3" --task "$4" | figure "$2")
		b=$("$HEARTH" text evaluate "$3" --task "$4" --model "$T/open.htx" | figure "$2")
		printf '| %s | %s | %s |\n' "$1" "$a" "$b"
	}
	pair 'TweetEval sentiment, macro-recall' macro-recall "$DATA/train/sent_en_tweeteval.dev.tsv" sentiment
	pair 'UMSAB sentiment, 8 languages, mean macro-F1' languages: "$DATA/train/sent_multi_umsab.dev.tsv" sentiment
	pair 'AfriSenti, macro-F1' macro-F1 "$DATA/train/sent_multi_afrisenti.dev.tsv" sentiment
	pair 'NusaX, macro-F1' macro-F1 "$DATA/train/sent_multi_nusax.dev.tsv" sentiment
	awk -F'\t' -v OFS='\t' '$2 != "hi" { print $2, $2, $3 }' "$DATA/train/sent_multi_umsab.dev.tsv" >"$T/languages.tsv"
	pair 'language of posts in seven languages (UMSAB), accuracy' accuracy "$T/languages.tsv" language
	pair 'CLINC150, in scope' 'in scope' "$DATA/train/intent_en_clinc150.dev.tsv" clinc150
	pair 'bitext27, accuracy' accuracy "$DATA/train/intent_en_bitext27.dev.tsv" bitext27
	pair 'spam, SMS, macro-F1' macro-F1 "$DATA/train/spam_en_sms.dev.tsv" spam
	pair 'purchase interest, macro-F1' macro-F1 "$DATA/train/intent_en_purchase.dev.tsv" purchase
	pair 'complaint, macro-F1' macro-F1 "$DATA/evaluate/intent_en_complaint.dev.tsv" complaint
	pair 'risky advice, own set, kept back, accuracy of four classes' accuracy tests/text/risk.kept.tsv risk
	printf '| risky advice, alarms on the posts of the community | %s | %s |\n' "$(hearth analyse --tasks risk <"$T/posts" | alarms)" \
		"$("$HEARTH" text analyse --tasks risk --model "$T/open.htx" <"$T/posts" | alarms)"
	echo '| answer quality | by ten folds, bench/RESULTS.md | none: its only set is not open |'
}
alarms() { awk '!/"class":"harmless"/ { n++ } END { printf "%.2f %%", n * 100 / NR }'; }
# figure NAME: of a report on stdin
figure() {
	if [ "$1" = languages: ]; then sed -n "s/^languages: mean macro-F1 \([0-9.]*\).*/\1/p"; else sed -n "s/^$1 *\([0-9.]*\).*/\1/p" | head -n 1; fi
}

# seconds of CPU that a filter takes for a file, as texts a second
rate() {
	file=$1
	shift
	s=$(bash -c 'TIMEFORMAT=%U; f=$1; shift; time "$0" text "$@" <"$f" >/dev/null' "$HEARTH" "$file" "$@" ${MODEL:+--model "$MODEL"} 2>&1)
	awk -v n="$(wc -l <"$file")" -v s="$s" 'BEGIN { printf "%.0f texts/s", (s > 0 ? n / s : 0) }'
}

speed() {
	cut -f3 "$DATA/train/sent_en_tweeteval.train.tsv" | awk 'length($0) > 70 && length($0) < 115' >"$T/a"
	cat "$T/a" "$T/a" "$T/a" "$T/a" >"$T/lines"
	mean=$(awk '{ n += length($0) } END { printf "%.0f", n / NR }' "$T/lines")
	row "the usual heads, one core, texts of $mean bytes" "$(rate "$T/lines" analyse)" 50,000/s 80,000/s 'user CPU of the whole command'
	usual=language,sentiment,intent,spam,offensive,urgency
	row 'with topics too' "$(rate "$T/lines" analyse --tasks $usual,topic)" 50,000/s 80,000/s -
	row 'with style, risky advice and aspects too' "$(rate "$T/lines" analyse --tasks $usual,topic,style,risk,aspects)" - - 'of parts of the text, by what is known of its words'
	row 'with entities too: all there is of a text' "$(rate "$T/lines" analyse --tasks $usual,topic,style,risk,aspects,entities)" 50,000/s 80,000/s -
	row 'sentiment only' "$(rate "$T/lines" analyse --tasks sentiment)" 150,000/s 300,000/s 'language identified too'
	row 'sentiment only, --lang en' "$(rate "$T/lines" analyse --tasks sentiment --lang en)" - - -
	"$BENCH_TEXT" ${MODEL:+"$MODEL"} <"$T/a" >"$T/r"
	row 'one text by itself, all usual heads, 99 of 100 below' "$(cut -d' ' -f2 "$T/r") µs" '200 µs' '100 µs' "half of them below $(cut -d' ' -f1 "$T/r") µs; CPU time"
	s=$(bash -c 'TIMEFORMAT="%U %S"; time for i in 1 2 3 4 5 6 7 8 9 10; do echo "It works." | "$0" text analyse "$@" >/dev/null; done' "$HEARTH" ${MODEL:+--model "$MODEL"} 2>&1)
	row 'cold start, a process that answers one line' "$(echo "$s" | awk '{ printf "%.0f", ($1 + $2) * 100 }') ms" '100 ms' '20 ms' "CPU time, mean of ten; from opening the model to the first answer $(cut -d' ' -f3 "$T/r") ms"
	model=${MODEL:-src/text/model/hearth.htx}
	row 'model file' "$(wc -c <"$model" | tr -d ' ') bytes" '16 MiB' '10 MiB' -
	(cat "$T/a"; sleep 1) | bash -c 'exec 3<&0; "$0" text analyse "$@" <&3 >/dev/null & echo $!; wait' "$HEARTH" ${MODEL:+--model "$MODEL"} >"$T/pid" &
	sleep 0.8
	row 'resident' "$(sed -n 's/^VmHWM:[ \t]*//p' "/proc/$(cat "$T/pid")/status" 2>/dev/null)" '64 MiB' '32 MiB' 'mapped model included'
	wait
}

# 3,000 queries out of other tweets than those that are asked: names, or what is written like one, in six forms.
listening() {
	cut -f3 "$DATA/train/sent_en_tweeteval.train.tsv" | sed 's/http[^ ]*//g; s/@[^ ]*//g' | tr -c "A-Za-z\n" ' ' | awk '
		{ k = 0; for (i = 1; i <= NF; i++) if (i > 1 && $i ~ /^[A-Z][a-z]+$/ && length($i) > 3) w[++k] = $i; if (k < 4) next
			n++; f = n % 6
			if (f == 0) print w[2]; else if (f == 1) print "\"" w[1] " " w[2] "\""; else if (f == 2) print w[1] " (" w[2] " OR " w[3] ") -" w[4]
			else if (f == 3) print w[1] " NEAR/5 " w[2]; else if (f == 4) print "\"" w[2] " " w[3] "\"~4"; else print substr(w[1], 1, 4) "* AND " w[3] }
		n == 3000 { exit }' >"$T/queries"
	cut -f3 "$DATA/train/sent_en_tweeteval.dev.tsv" >"$T/asked"
	"$BENCH_TEXT" queries "$T/queries" <"$T/asked" >"$T/r"
	read -r ask reading matches adding <"$T/r"
	row "$(wc -l <"$T/queries" | tr -d ' ') listening queries against a post, reading it apart" "$ask µs" '2 µs' '1 µs' "names in other tweets, in six forms (word, phrase, OR and NOT, NEAR, loose phrase, prefix); reading the post $reading µs; $matches match; adding a query $adding µs; CPU time"
}

# Posts of two languages, of sentences that the model has not seen, and questions that it has not: a tenth of either is kept back from a trial
# training.
unseen() {
	mkdir -p "$T/trial/train"
	ln -s "$(cd "$DATA" && pwd)/lexicons" "$T/trial/lexicons"
	for f in "$DATA"/train/*; do ln -s "$(cd "$DATA" && pwd)/train/${f##*/}" "$T/trial/train/"; done
	rm "$T/trial/train/lid_sent.train.tsv"
	awk 'NR % 10' "$DATA/train/lid_sent.train.tsv" >"$T/trial/train/lid_sent.train.tsv"
	awk '!(NR % 10)' "$DATA/train/lid_sent.train.tsv" >"$T/kept.tsv"
	bank=intent_en_banking77.train.tsv
	rm "$T/trial/train/$bank"
	awk 'NR % 10' "$DATA/train/$bank" >"$T/trial/train/$bank"
	awk '!(NR % 10)' "$DATA/train/$bank" >"$T/asked.tsv"
	"$HEARTH" text train --data "$T/trial" --out "$T/trial.htx" 2>/dev/null
	languages
	hearth evaluate "$T/asked.tsv" --task banking77 --model "$T/trial.htx" >"$T/r"
	row 'BANKING77, a tenth kept back from training, accuracy' "$(get accuracy)" .90 .93 "$(wc -l <"$T/asked.tsv" | tr -d ' ') questions; by the trial model"
	MODEL=$T/trial.htx "${NODE:-node}" bench/sentences.mjs "$T/kept.tsv"
	MODEL=$T/trial.htx "${NODE:-node}" bench/similar.mjs 'BANKING77 as FAQ, a tenth kept back from training too' "$T/trial/train/$bank" "$T/asked.tsv" \
		'CLINC150 (dev)' "$DATA/train/intent_en_clinc150.train.tsv" "$DATA/train/intent_en_clinc150.dev.tsv" \
		'bitext27 (dev)' "$DATA/train/intent_en_bitext27.train.tsv" "$DATA/train/intent_en_bitext27.dev.tsv" || missed=1
}

# Sentences that the trial model has not seen, pairs of their words and single ones; of scripts without spaces sentences alone. By the trial model.
languages() {
	awk -F'\t' -v OFS='\t' -v one="$T/words.tsv" -v two="$T/pairs.tsv" '$1 !~ /^(zh|ja|th)$/ { n = split($3, w, " "); i = 1 + NR % (n > 1 ? n - 1 : 1)
		print $1, $2, w[i] >one; print $1, $2, w[i] " " w[i + 1] >two }' "$T/kept.tsv"
	for part in kept pairs words; do
		hearth evaluate "$T/$part.tsv" --task language --model "$T/trial.htx" >"$T/r"
		eval "$part=\$(get accuracy | sed 's/ .*//; s/^0//')"
	done
	awk -F'\t' -v OFS='\t' '$2 != "hi" { print $2, $2, $3 }' "$DATA/train/sent_multi_umsab.dev.tsv" >"$T/seven.tsv"
	hearth evaluate "$T/seven.tsv" --task language >"$T/r"
	row 'language, 75 languages, a tenth kept back: sentence / pair / word; posts in seven languages (UMSAB, dev)' "$kept / $pairs / $words; $(get accuracy | sed 's/ .*//; s/^0//')" '.965 / .78 / .58; .95' '.985 / .87 / .70; .985' \
		"pairs and words are any of the sentence, short and foreign ones among them, so not those of the held-out file; posts by the shipped model"
}

printf '## Text engine\n\n`make quality`, %s: development files only, the engine identifies the language itself; in brackets what 95 %% of 1,000 bootstrap draws span.\n\n' "$(date -u +%Y-%m-%dT%H:%MZ)"
echo '| measure | measured | must | aim | details |'
echo '|---|---|---|---|---|'
sentiment
intents
"${NODE:-node}" bench/entities.mjs
unseen
"${NODE:-node}" bench/duplicates.mjs "$DATA" || missed=1
"${NODE:-node}" bench/risk.mjs "$DATA" || missed=1
structure
wishes
speed
listening

# The sentences written for it: no measure of the world, a floor for the phrase lists.
printf '\nFive sets of 200 sentences written for Hearth (`tests/text`, half of them hard negatives, six languages), by the hand that wrote the phrase lists: not held back.\n\n'
echo '| set | macro-F1 | precision of yes | recall of yes |'
echo '|---|---|---|---|'
for s in urgency churn praise thanks offensive; do
	hearth evaluate "tests/text/$s.tsv" --task $s >"$T/r"
	printf '| %s | %s | %s | %s |\n' $s "$(get macro-F1)" "$(awk '$1 == "yes" { print $3 }' "$T/r")" "$(awk '$1 == "yes" { print $4 }' "$T/r")"
done
if [ -n "${CARD:-}" ]; then both >"$CARD"; fi
exit $missed
