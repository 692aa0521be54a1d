// SPDX-License-Identifier: AGPL-3.0-or-later
// "How reputation works here": the rules in force in plain words, made from the rules alone, and the versions before them.
#include "standing/pages.h"
#include "standing_html.h"

#include "web/i18n.h"

static const char *const TITLES[] = {
	[DESCRIBE_INTRO] = "standing.part_intro",  [DESCRIBE_RULE] = "standing.part_rules",
	[DESCRIBE_LIMIT] = "standing.part_limits", [DESCRIBE_FADING] = "standing.part_fading",
	[DESCRIBE_RANK] = "standing.part_ranks",   [DESCRIBE_BADGE] = "standing.part_badges",
	[DESCRIBE_GUARD] = "standing.part_guard"};
static const char *const ANCHORS[] = {
	[DESCRIBE_INTRO] = "in-short", [DESCRIBE_RULE] = "counts", [DESCRIBE_LIMIT] = "limits",
	[DESCRIBE_FADING] = "fading",  [DESCRIBE_RANK] = "ranks",  [DESCRIBE_BADGE] = "badges",
	[DESCRIBE_GUARD] = "guard"};
static const DescribePart ORDER[] = {DESCRIBE_INTRO, DESCRIBE_RULE, DESCRIBE_LIMIT, DESCRIBE_FADING,
									 DESCRIBE_GUARD, DESCRIBE_RANK, DESCRIBE_BADGE};

// "Solution: when your answer …" becomes the title and "When your answer …".
static RulesSentence first_of(Arena *a, const Sentence *said)
{
	RulesSentence s = {said->id, title_of(a, said->id), said->text};
	bool named = said->part == DESCRIBE_RULE || said->part == DESCRIBE_RANK || said->part == DESCRIBE_BADGE;
	size_t at;
	if (!named || !str_find_char(s.text, ':', &at) || at + 2 >= s.text.n) return s;
	s.title = str_sub(s.text, 0, at);
	Str rest = str_sub(s.text, at + 2, s.text.n);
	char first = rest.p[0];
	if (first >= 'a' && first <= 'z') first = (char)(first - 'a' + 'A');
	s.text = str_format(a, "%c%.*s", first, STR(str_sub(rest, 1, rest.n)));
	return s;
}

// What is said of one rule, rank or badge stands together.
static void fill_part(Arena *a, const Sentences *all, DescribePart part, RulesPart *ret)
{
	*ret = (RulesPart){
		.key = TITLES[part], .anchor = ANCHORS[part], .intro = part == DESCRIBE_INTRO, .rules = part == DESCRIBE_RULE};
	ret->sentences.v = ARENA_NEW(a, RulesSentence, all->n);
	for (size_t i = 0; i < all->n; i++) {
		const Sentence *said = &all->v[i];
		if (said->part != part) continue;
		RulesSentence *last = ret->sentences.n ? &ret->sentences.v[ret->sentences.n - 1] : NULL;
		if (last && said->id.n && str_eq(last->id, said->id))
			last->text = str_format(a, "%.*s %.*s", STR(last->text), STR(said->text));
		else ret->sentences.v[ret->sentences.n++] = first_of(a, said);
	}
}

static Status fill_history(Ctx *cx, Db *db, RulesView *v)
{
	RulesetListRows rows;
	TRY(ruleset_list(cx, db, &rows));
	v->versions = (RulesVersions){.v = ARENA_NEW(cx->arena, RulesVersion, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v->versions.v[i] = (RulesVersion){.version = rows.v[i].version,
										  .name = rows.v[i].name,
										  .publisher = rows.v[i].publisher,
										  .note = rows.v[i].note,
										  .hash = rows.v[i].hash,
										  .engine = i + 1 < rows.n && rows.v[i].engine > rows.v[i + 1].engine,
										  .at = rows.v[i].published_at};
	return ST_OK;
}

Status rules_page(Ctx *cx, const Req *req, Res *res)
{
	RulesView v = {.parts = {.v = ARENA_NEW(cx->arena, RulesPart, COUNTOF(ORDER))}};
	Published rules;
	Sentences said;
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("standing.in_words"));
	v.shell.nav = "members";
	v.shell.canonical = str_format(cx->arena, "%.*s/reputation", STR(web_base_url(cx, req)));
	TRY(standing_rules(cx, req->db, &rules));
	TRY(rules_describe(cx, rules.rules, &said));
	for (size_t i = 0; i < COUNTOF(ORDER); i++) {
		RulesPart *part = &v.parts.v[v.parts.n];
		fill_part(cx->arena, &said, ORDER[i], part);
		part->n = (int64_t)part->sentences.n;
		v.parts.n += part->sentences.n > 0;
	}
	v.version = rules.version;
	v.publisher = rules.publisher;
	v.published_at = rules.at;
	TRY(fill_history(cx, req->db, &v));
	html_standing_rules(&res->body, &v);
	return ST_OK;
}
