// SPDX-License-Identifier: AGPL-3.0-or-later
// What ranks give: read and said in words from one table, so that nothing is promised that is not in force. Rules that were
// published when the table was another one still have to be read: what is not known gives nothing, and the linter says so.
#include "rules/words.h"

#include "core/site.h"

#define VOTES_A_DAY_MAX 10000
#define LABEL_MAX_BYTES 40

static const struct {
	Str name;
	Right right; // 0: no right of the site; the superuser programme asks for it
	const char *words;
} CAN[] = {
	{S_INIT("mark_solution"), RIGHT_MARK, "mark solutions for others"},
	{S_INIT("edit_tags"), RIGHT_RETAG, "change tags"},
	{S_INIT("moderate"), RIGHT_STEWARD, "hide posts and close topics"},
	{S_INIT("join_programme"), 0, "be proposed as a superuser"},
};

static size_t can_of(Str what)
{
	size_t i = 0;
	while (i < COUNTOF(CAN) && !str_eq(CAN[i].name, what)) i++;
	return i;
}

static const char *can_parse(Str what, RankGives *gives)
{
	Str where = str_cut(what, ':', &what);
	size_t i = can_of(what);
	if (i == COUNTOF(CAN)) return "the rights are mark_solution, edit_tags, moderate and join_programme";
	bool in_areas = str_eq(where, S("area"));
	if (where.n && (!in_areas || !CAN[i].right)) return "a right may end in :area, but not join_programme";
	if (!CAN[i].right) gives->programme = true;
	*(in_areas ? &gives->in_areas : &gives->rights) |= (unsigned)CAN[i].right;
	return NULL;
}

static const char *limit_parse(Str what, RankGives *gives)
{
	Str count, per = str_cut(str_cut(what, '=', &what), '/', &count);
	int64_t n;
	if (!str_eq(what, S("kudos")) || !str_eq(per, S("day")) || !str_int(count, 1, VOTES_A_DAY_MAX, &n))
		return "a limit is kudos=NUMBER/day";
	gives->votes_a_day = (int)n;
	return NULL;
}

bool rank_grant_parse(Str grant, RankGives *gives, const char **ret_wrong)
{
	Str kind, what = str_cut(grant, ':', &kind);
	const char *wrong = "a grant is label:…, can:… or limit:…";
	if (what.n && str_eq(kind, S("label"))) {
		wrong = what.n > LABEL_MAX_BYTES ? "a label has at most 40 bytes" : NULL;
		gives->label = what;
	} else if (what.n && str_eq(kind, S("can"))) wrong = can_parse(what, gives);
	else if (what.n && str_eq(kind, S("limit"))) wrong = limit_parse(what, gives);
	if (wrong) *ret_wrong = wrong;
	return !wrong;
}

RankGives rank_gives(const Rank *rank)
{
	RankGives gives = {0};
	const char *wrong;
	for (size_t i = 0; i < rank->grants_n; i++) rank_grant_parse(rank->grants[i], &gives, &wrong);
	return gives;
}

bool rank_gives_any(const Rank *rank)
{
	RankGives g = rank_gives(rank);
	return g.rights || g.in_areas || g.votes_a_day || g.label.n || g.programme;
}

static void grant_write(Buf *b, Str text)
{
	Str kind, what = str_cut(text, ':', &kind);
	if (str_eq(kind, S("label"))) {
		buf_format(b, "the label “%.*s”", STR(what));
		return;
	}
	if (str_eq(kind, S("limit"))) {
		Str count;
		str_cut(str_cut(what, '=', &what), '/', &count);
		buf_format(b, "up to %.*s votes a day", STR(count));
		return;
	}
	Str where = str_cut(what, ':', &what);
	buf_format(b, "the right to %s", CAN[can_of(what)].words);
	if (where.n) buf_format(b, " in areas where at least %d of one’s solutions are kept", AREA_GRANT_KEPT);
}

void rank_grants_write(Buf *b, const Rank *rank)
{
	Str known[GRANTS_MAX];
	size_t n = 0;
	const char *wrong;
	for (size_t i = 0; i < rank->grants_n; i++)
		if (rank_grant_parse(rank->grants[i], &(RankGives){0}, &wrong)) known[n++] = rank->grants[i];
	for (size_t i = 0; i < n; i++) {
		words_join(b, i, n, " and ");
		grant_write(b, known[i]);
	}
}
