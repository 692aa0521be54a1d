// SPDX-License-Identifier: AGPL-3.0-or-later
// Rank formulas of Khoros communities: "(net_accepted_solutions >= 10) && (registrationAge > 43200)". Their metrics become ours;
// registrationAge is taken to be in minutes, since the default ranks ask for up to 300,000. Ours counts in thousandths where
// theirs may count in whole numbers, so a quotient may differ.
#include "base/utf8.h"
#include "core/site.h"
#include "rules/rules.h"

#define FORMULA_MAX_BYTES ((size_t)4000)

typedef struct Known {
	const char *name;
	const char *toml; // of the metric; NULL: nothing here is like it
} Known;

#define OTHER "where = 'object.owner != thread.owner'\n"
static const Known KNOWN[] = {
	{"accepted_solutions", "count = \"accepted\"\nundone = true\n"},
	{"net_accepted_solutions", "count = \"accepted\"\n"},
	{"net_other_solved_accepted_solutions", "count = \"accepted\"\n" OTHER},
	{"net_self_solved_accepted_solutions", "count = \"accepted\"\nwhere = 'object.owner == thread.owner'\n"},
	{"author_accepted_solutions", "count = \"accepted\"\nundone = true\nwhere = 'actor == thread.owner'\n"},
	{"mod_accepted_solutions", "count = \"accepted\"\nundone = true\nwhere = 'actor != thread.owner'\n"},
	{"net_solved_threads", "distinct = \"thread\"\non = \"accepted\"\ncredit = \"asker\"\n"},
	{"net_threads", "count = \"topic_posted\"\ncredit = \"actor\"\n"},
	{"net_replies", "count = \"posted\"\ncredit = \"actor\"\n"},
	{"net_comments", "count = \"commented\"\ncredit = \"actor\"\n"},
	{"net_kudos_weight_given", "count = \"voted_up\"\ncredit = \"actor\"\n"},
	{"net_kudos_weight_received", "count = \"voted_up\"\n"},
	{"author_revoked_solutions", NULL},
	{"mod_revoked_solutions", NULL},
	{"net_blog_articles", NULL},
	{"net_blog_comments", NULL},
	{"net_idea_threads", NULL},
	{"net_idea_comments", NULL},
	{"net_published_tkb_articles", NULL},
	{"net_tkb_comments", NULL},
	{"minutes_online", NULL},
	{"logins", NULL},
	{"post_views", NULL},
	{"page_views", NULL},
};

typedef struct Khoros {
	Ctx *cx;
	Str formula;
	Cursor c;
	Buf when, metrics, notes;
	bool used[COUNTOF(KNOWN)];
} Khoros;

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }

static Str word(Khoros *k)
{
	const char *from = k->c.p;
	while (k->c.p < k->c.end && (letter(*k->c.p) || digit(*k->c.p))) k->c.p++;
	return (Str){from, (size_t)(k->c.p - from)};
}

static void skip_space(Khoros *k)
{
	while (cursor_take(&k->c, ' ') || cursor_take(&k->c, '\t') || cursor_take(&k->c, '\n') ||
		   cursor_take(&k->c, '\r')) {}
}

// hasRole("Moderator"): roles have names of their own there; those that mean one of ours are taken.
static Status role(Khoros *k)
{
	static const struct {
		Str theirs;
		const char *ours;
	} ROLES[] = {{S_INIT("administrator"), "admin"},
				 {S_INIT("community manager"), "manager"},
				 {S_INIT("communitymanager"), "manager"},
				 {S_INIT("superuser"), "helper"}};
	Str name;
	Role known;
	skip_space(k);
	bool ok = cursor_take(&k->c, '(');
	skip_space(k);
	ok = ok && cursor_take(&k->c, '"') && cursor_until(&k->c, S("\"\n"), 60, &name) && cursor_take(&k->c, '"');
	skip_space(k);
	if (!ok || !cursor_take(&k->c, ')'))
		return fail(k->cx, ST_INVALID, "hasRole wants a name, as in hasRole(\"Moderator\")");
	Str small = str_lower(k->cx->arena, name);
	for (size_t i = 0; i < COUNTOF(ROLES); i++)
		if (str_eq(ROLES[i].theirs, small)) small = str_from(ROLES[i].ours);
	if (!role_parse(small, &known))
		return fail(k->cx, ST_INVALID, "there is no role like \"%.*s\" here: give those members a rank by hand",
					STR(name));
	buf_format(&k->when, "hasRole(\"%.*s\")", STR(small));
	return ST_OK;
}

static Status name(Khoros *k)
{
	Str w = word(k);
	if (str_eq_nocase(w, S("hasRole"))) return role(k);
	if (str_eq_nocase(w, S("registrationAge"))) {
		buf_z(&k->when, "(age_days * 1440)");
		return ST_OK;
	}
	for (size_t i = 0; i < COUNTOF(KNOWN); i++) {
		const Known *m = &KNOWN[i];
		if (!str_eq_nocase(str_from(m->name), w)) continue;
		buf_z(&k->when, m->toml ? m->name : "0");
		if (!k->used[i] && m->toml) buf_format(&k->metrics, "[metric.%s]\n%s\n", m->name, m->toml);
		if (!k->used[i] && !m->toml)
			buf_format(&k->notes, "%s: nothing is counted here that is like it; it is 0\n", m->name);
		k->used[i] = true;
		return ST_OK;
	}
	return fail(k->cx, ST_INVALID, "unknown name `%.*s`", STR(utf8_cut(w, 60)));
}

static Status token(Khoros *k)
{
	static const Str SIGNS[] = {S_INIT("=="), S_INIT("!="), S_INIT(">="), S_INIT("<="), S_INIT("&&"),
								S_INIT("||"), S_INIT(">"),  S_INIT("<"),  S_INIT("!"),  S_INIT("+"),
								S_INIT("-"),  S_INIT("*"),  S_INIT("/"),  S_INIT("("),  S_INIT(")")};
	if (letter(*k->c.p)) return name(k);
	if (digit(*k->c.p)) {
		const char *from = k->c.p;
		while (k->c.p < k->c.end && (digit(*k->c.p) || *k->c.p == '.')) k->c.p++;
		buf_mem(&k->when, from, (size_t)(k->c.p - from));
		return ST_OK;
	}
	for (size_t i = 0; i < COUNTOF(SIGNS); i++)
		if (cursor_take_str(&k->c, SIGNS[i])) {
			buf_str(&k->when, SIGNS[i]);
			return ST_OK;
		}
	if (*k->c.p == '"') return fail(k->cx, ST_INVALID, "texts are known in hasRole(…) only");
	return fail(k->cx, ST_INVALID, "a formula has nothing like what stands at byte %zu",
				(size_t)(k->c.p - k->formula.p));
}

Status rules_from_khoros(Ctx *cx, Str formula, KhorosRank *ret_rank)
{
	if (formula.n > FORMULA_MAX_BYTES)
		return fail(cx, ST_TOO_LARGE, "the formula is longer than %zu bytes", FORMULA_MAX_BYTES);
	Khoros k = {.cx = cx, .formula = formula, .c = cursor_of(formula)};
	k.when = buf_init(cx->arena, 256, 8 * FORMULA_MAX_BYTES);
	k.metrics = buf_init(cx->arena, 256, 8 * FORMULA_MAX_BYTES);
	k.notes = buf_init(cx->arena, 256, 8 * FORMULA_MAX_BYTES);
	for (skip_space(&k); !cursor_done(&k.c); skip_space(&k)) {
		if (k.when.n) buf_char(&k.when, ' ');
		TRY(token(&k));
	}
	// The language itself says whether it is an expression.
	Buf file = buf_init(cx->arena, 1024, 32 * FORMULA_MAX_BYTES);
	buf_format(&file, "%.*s[ruleset]\nname = \"khoros\"\nversion = 1\n", STR(buf_view(&k.metrics)));
	buf_z(&file, "[[rule]]\nid = \"none\"\non = \"joined\"\nscore = \"reach\"\npoints = 0\n[[rank]]\nname = "
				 "\"rank\"\norder = 1\n");
	buf_format(&file, "when = '%.*s'\n", STR(buf_view(&k.when)));
	Ruleset *rules;
	TRY(buf_status(cx, &k.when));
	TRY(buf_status(cx, &k.metrics));
	TRY(buf_status(cx, &file));
	TRY(rules_parse(cx, buf_view(&file), S("formula"), &rules));
	*ret_rank = (KhorosRank){.when = buf_view(&k.when), .metrics = buf_view(&k.metrics), .notes = buf_view(&k.notes)};
	return ST_OK;
}
