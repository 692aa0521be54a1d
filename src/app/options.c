// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include <stddef.h>

typedef enum OptionKind { OPTION_TEXT, OPTION_INT, OPTION_FLAG } OptionKind;

typedef struct Option {
	const char *name;
	OptionKind kind;
	size_t offset; // in Options
	int64_t max;
	const char *value, *doc; // value: what stands for it
	const char *only;        // a verb in which the option means something else: the row stands before the general one
} Option;

#define OPT(name, kind, member, max, value, doc) OPT_OF(NULL, name, kind, member, max, value, doc)
#define OPT_OF(verb, name, kind, member, max, value, doc)                                                              \
	{                                                                                                                  \
		(name), (kind), offsetof(Options, member), (max), (value), (doc), (verb)                                       \
	}

// clang-format off
static const Option OPTIONS[] = {
	OPT_OF("text train", "--data", OPTION_TEXT, data, 0, "DIR", "the folder with the labelled sets"),
	OPT("--data", OPTION_TEXT, data, 0, "DIR", "the data directory"),
	OPT("--db", OPTION_TEXT, db, 0, "URL", "postgres://… instead of SQLite in the data directory"),
	OPT("--site", OPTION_TEXT, site, 0, "NAME", "one of several sites (default: main)"),
	OPT("--listen", OPTION_TEXT, listen, 0, "ADDR:PORT", "where to serve (default: 127.0.0.1:8080)"),
	OPT("--name", OPTION_TEXT, name, 0, "NAME", "what the site is called"),
	OPT("--admin", OPTION_TEXT, admin, 0, "EMAIL", "address of the administrator"),
	OPT("--url", OPTION_TEXT, url, 0, "URL", "the site's public address, for canonical links and feeds"),
	OPT_OF("import stackexchange", "--space", OPTION_TEXT, space, 0, "SLUG", "the space to import into"),
	OPT("--space", OPTION_TEXT, space, 0, "SLUG", "this space alone"),
	OPT("--parent", OPTION_TEXT, parent, 0, "SLUG", "the space that a new one stands in"),
	OPT("--kind", OPTION_TEXT, kind, 0, "KIND", "of a space: questions (default) or discussion"),
	OPT("--visibility", OPTION_TEXT, visibility, 0, "WHO", "who sees a space: public (default), members, superusers or staff"),
	OPT("--persona", OPTION_TEXT, persona, 0, "WORD", "of a space: support (default), objects, ideas, knowledge, internal, partner"),
	OPT("--style", OPTION_TEXT, style, 0, "WORD", "of what is written there: one-way, dialogic, transparent (default), collaborative"),
	OPT("--description", OPTION_TEXT, description, 0, "TEXT", "a line about a space"),
	OPT("--redirects", OPTION_TEXT, redirects, 0, "HOST", "old addresses of this host are answered by redirects"),
	OPT("--member", OPTION_TEXT, member, 0, "HANDLE", "whose"),
	OPT("--keep-tokens", OPTION_FLAG, keep_tokens, 0, "", "leave a member's personal tokens as they are"),
	OPT("--label", OPTION_TEXT, label, 0, "TEXT", "what a token is for"),
	OPT_OF("board", "--role", OPTION_TEXT, role, 0, "ROLE", "only those of it: member, helper, moderator, manager or admin"),
	OPT("--role", OPTION_TEXT, role, 0, "ROLE", "member, helper, moderator, manager or admin"),
	OPT("--out", OPTION_TEXT, out, 0, "FILE", "where to write"),
	OPT("--model", OPTION_TEXT, model, 0, "FILE", "a model of the text engine instead of the program's own"),
	OPT("--tasks", OPTION_TEXT, tasks, 0, "LIST", "language,sentiment,intent,spam,offensive,urgency,topic,entities,redact,sentences,style,risk,aspects (default: the first six)"),
	OPT_OF("insight layer", "--task", OPTION_TEXT, task, 0, "NAME", "this layer alone"),
	OPT("--task", OPTION_TEXT, task, 0, "NAME", "what to evaluate"),
	OPT("--folds", OPTION_INT, folds, 100, "N", "evaluate quality on questions that were not trained on, in N parts"),
	OPT("--lang", OPTION_TEXT, lang, 0, "CODE", "take this as the language; with evaluate, \"file\" means the file's"),
	OPT("--queries", OPTION_TEXT, queries, 0, "FILE", "listening queries, `name TAB query` a line"),
	OPT("--own", OPTION_TEXT, own, 0, "DIR", "sentences written for Hearth, tests/text"),
	OPT("--corpus", OPTION_TEXT, corpus, 0, "FILE", "texts to look for similar ones in, `id TAB text` a line"),
	OPT("--catalogue", OPTION_TEXT, catalogue, 0, "FILE", "products, `name TAB alias TAB alias` a line"),
	OPT("--sets", OPTION_TEXT, sets, 0, "all|open", "train from all sets, or from the freely licensed alone"),
	OPT("--tls-cert", OPTION_TEXT, tls_cert, 0, "FILE", "certificate chain (PEM), to serve HTTPS without a proxy"),
	OPT("--tls-key", OPTION_TEXT, tls_key, 0, "FILE", "its key (PEM)"),
	OPT("--proxy", OPTION_TEXT, proxy, 0, "ADDR", "a reverse proxy whose X-Forwarded-For is believed"),
	OPT("--access-log", OPTION_TEXT, access_log, 0, "FILE", "a JSON line for each request; - is standard error (default: none)"),
	OPT("--page-cache", OPTION_INT, page_cache_mib, 65536, "MIB", "cache of guest pages (default: 16; 0: off)"),
	OPT("--workers", OPTION_INT, workers, 256, "N", "threads that answer what takes longer (default: 4)"),
	OPT("--loops", OPTION_INT, loops, 64, "N", "threads that read and write sockets and draw short pages (default: 2)"),
	OPT("--connections", OPTION_INT, connections, 1000000, "N", "connections at most (default: 20000)"),
	OPT("--no-rate-limits", OPTION_FLAG, no_rate_limits, 0, "", "for measuring, on loopback only"),
	OPT("--rules", OPTION_TEXT, rules, 0, "PACK|FILE", "rules of reputation (default: support-default)"),
	OPT("--with", OPTION_TEXT, with, 0, "FILE|PACK", "other rules, to compare with --rules"),
	OPT("--as-of", OPTION_TEXT, as_of, 0, "DATE", "what was known at the end of that day (UTC)"),
	OPT("--score", OPTION_TEXT, score, 0, "NAME", SCORES_LISTED(", ") " (default: what the rules rank by)"),
	OPT("--at", OPTION_TEXT, at, 0, "DATE", "from when on to forecast"),
	OPT("--horizon", OPTION_INT, horizon, 36500, "DAYS", "how far (default: 91)"),
	OPT("--seeds", OPTION_TEXT, seeds, 0, "NAMES", "handles or source ids, with commas, trusted from the start"),
	OPT_OF("text phrases", "--by", OPTION_TEXT, by, 0, "PERIOD", "day (default) or week"),
	OPT("--by", OPTION_TEXT, by, 0, "MEASURE", "accepted, helped, credibility, content, kudos, kept, time, reading, writing or read (default: accepted)"),
	OPT("--top", OPTION_INT, top, 50, "N", "how many of each period (default: 10)"),
	OPT("--window", OPTION_TEXT, window, 0, "DAYS", "this-quarter (default), last-month, 91d, …, or FIRST..LAST"),
	OPT("--area", OPTION_TEXT, area, 0, "#TAG|/SPACE", "where (default: everywhere)"),
	OPT("--among", OPTION_TEXT, among, 0, "PEOPLE", "everybody, customers (default), employees or partners"),
	OPT("--compare", OPTION_TEXT, compare, 0, "WITH", "before (default), year or nothing"),
	OPT("--tsv", OPTION_FLAG, tsv, 0, "", "a table with a header line (what these verbs print anyway)"),
	OPT_OF("reputation backtest", "--json", OPTION_FLAG, json, 0, "", "for programs; what this verb prints anyway"),
	OPT_OF("reputation whatif", "--json", OPTION_FLAG, json, 0, "", "for programs; what this verb prints anyway"),
	OPT("--json", OPTION_FLAG, json, 0, "", "for programs"),
	OPT("--on", OPTION_FLAG, on, 0, "", "use what was learnt"),
	OPT("--off", OPTION_FLAG, off, 0, "", "do not use it"),
	OPT("--drop", OPTION_FLAG, drop, 0, "", "forget it"),
	OPT("--replay", OPTION_FLAG, replay, 0, "", "recompute all counts and compare"),
	OPT("--help", OPTION_FLAG, help, 0, "", "this text"),
};
// clang-format on

// The row of an option as a verb means it; NULL: as most do.
static const Option *option_row(Str name, const Verb *verb)
{
	for (size_t i = 0; i < COUNTOF(OPTIONS); i++) {
		const Option *o = &OPTIONS[i];
		if (str_eq(name, str_from(o->name)) && (!o->only || (verb && str_eq(str_from(verb->name), str_from(o->only)))))
			return o;
	}
	return NULL;
}

// "[--json]" names --json, not --js.
static bool usage_names(Str usage, Str option)
{
	for (size_t at; str_find(usage, option, &at); usage = str_sub(usage, at + option.n, usage.n)) {
		char after = at + option.n < usage.n ? usage.p[at + option.n] : ' ';
		if (after == ' ' || after == ']' || after == '|' || after == ')') return true;
	}
	return false;
}

bool option_of(const Verb *verb, Str name)
{
	if (str_eq(name, S("--help"))) return true;
	if (usage_names(str_from(verb->usage), name)) return true;
	const Option *data = option_row(S("--data"), verb);
	return !data->only && usage_names(str_from(verb->usage), S("--data")) &&
		   (str_eq(name, S("--db")) || str_eq(name, S("--site"))); // wherever a site is opened
}

void options_each(const Verb *verb, OptionFn fn, void *arg)
{
	for (size_t i = 0; i < COUNTOF(OPTIONS); i++) {
		const Option *o = &OPTIONS[i];
		if (option_row(str_from(o->name), verb) != o || (verb && !option_of(verb, str_from(o->name)))) continue;
		fn(arg, str_from(o->name), str_from(o->value), str_from(o->doc));
	}
}

static Status option_take(Ctx *cx, Options *o, const Option *opt, Str value)
{
	void *at = (char *)o + opt->offset;
	if (opt->kind == OPTION_TEXT) *(Str *)at = value;
	if (opt->kind == OPTION_FLAG) *(bool *)at = true;
	if (opt->kind == OPTION_INT && !str_int(value, 0, opt->max, at))
		return fail(cx, ST_INVALID, "%s needs a number from 0 to %lld", opt->name, (long long)opt->max);
	return ST_OK;
}

// "import stackexchange DIR": the longest verb that the words begin with.
static const Verb *verb_find(Options *o)
{
	for (size_t i = 0; i < APP_VERBS_N; i++) {
		Str first, second = str_cut(str_from(APP_VERBS[i].name), ' ', &first);
		size_t used = second.p ? 2 : 1;
		if (o->words_n < used || !str_eq(o->words[0], first) || (second.p && !str_eq(o->words[1], second))) continue;
		o->words_n -= used;
		for (size_t k = 0; k < o->words_n; k++) o->words[k] = o->words[k + used];
		return &APP_VERBS[i];
	}
	return NULL;
}

static Status options_read(Ctx *cx, int argc, char **argv, Options *o)
{
	for (int i = 1; i < argc; i++) {
		Str word = str_from(argv[i]);
		if (!str_starts(word, S("--"))) {
			if (o->words_n == COUNTOF(o->words)) return fail(cx, ST_INVALID, "too many words at \"%.*s\"", STR(word));
			o->words[o->words_n++] = word;
			continue;
		}
		Str name, value = str_cut(word, '=', &name);
		const Option *opt = option_row(name, NULL);
		if (!opt) return fail(cx, ST_INVALID, "unknown option %.*s (hearth --help lists them)", STR(name));
		if (opt->kind != OPTION_FLAG && !value.p) {
			if (i + 1 == argc) return fail(cx, ST_INVALID, "%s needs a value", opt->name);
			value = str_from(argv[++i]);
		}
		TRY(option_take(cx, o, opt, value));
	}
	return ST_OK;
}

static Status no_verb(Ctx *cx, const Options *o)
{
	for (size_t i = 0; i < APP_VERBS_N; i++)
		if (verb_is_under(&APP_VERBS[i], o->words[0]))
			return fail(cx, ST_INVALID, "which %.*s? (hearth %.*s --help lists them)", STR(o->words[0]),
						STR(o->words[0]));
	return fail(cx, ST_INVALID, "there is no verb \"%.*s\" (hearth --help lists them)", STR(o->words[0]));
}

Status options_parse(Ctx *cx, int argc, char **argv, Options *ret_options, const Verb **ret_verb)
{
	Options o = {.page_cache_mib = 16, .horizon = 91};
	TRY(options_read(cx, argc, argv, &o));
	*ret_verb = verb_find(&o);
	if (o.help || (!o.words_n && !*ret_verb)) {
		Buf b = buf_init(cx->arena, 8192, HELP_MAX_BYTES);
		if (!help_write(&b, *ret_verb, o.words_n ? o.words[0] : str_none())) return no_verb(cx, &o);
		TRY(buf_status(cx, &b));
		app_say("%.*s", STR(buf_view(&b)));
		*ret_verb = NULL;
	} else if (!*ret_verb) {
		return no_verb(cx, &o);
	} else if (o.words_n > (*ret_verb)->words_max) {
		return fail(cx, ST_INVALID, "%s does not take \"%.*s\"", (*ret_verb)->name,
					STR(o.words[(*ret_verb)->words_max]));
	}
	*ret_options = o;
	return ST_OK;
}
