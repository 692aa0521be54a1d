// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/secrets_testkit.h"

#include "community/model_testkit.h"
#include "insight/insight.h"
#include "members/members.h"
#include "programme/programme.h"
#include "standing/standing.h"

#include "test.h"

#include <stdio.h>

#define BIT(who) WHO_BIT(WHO_##who)
#define STAFF (BIT(EMPLOYEE) | BIT(MODERATOR) | BIT(MANAGER) | BIT(ADMIN) | BIT(MANAGER_TOKEN))
#define MODS (BIT(MODERATOR) | BIT(MANAGER) | BIT(ADMIN) | BIT(MANAGER_TOKEN))
#define MANAGERS (BIT(MANAGER) | BIT(ADMIN) | BIT(MANAGER_TOKEN))
#define INSIDE (STAFF | BIT(SUPERUSER) | BIT(RESTING))
#define SIGNED_IN (INSIDE | BIT(NEWCOMER) | BIT(MEMBER) | BIT(ASKER) | BIT(HELPER) | BIT(STEWARD) | BIT(TOKEN))

const Secret SECRETS[] = {
	{"zqstaffslug", STAFF, BIT(MODERATOR)},
	{"zqstafftitle", STAFF, BIT(MODERATOR)},
	{"zqstaffabout", STAFF, BIT(MODERATOR)},
	{"zqstafftopic", STAFF, BIT(MODERATOR)},
	{"zqstafftag", STAFF, BIT(MODERATOR)},
	{"zqstaffbody", STAFF, BIT(MODERATOR)},
	{"zqstaffold", STAFF, BIT(MODERATOR)},
	{"zqstaffwhy", STAFF, BIT(MODERATOR)},
	{"zqstaffanswer", STAFF, BIT(MODERATOR)},
	{"zqstaffcomment", STAFF, BIT(MODERATOR)},
	{"zqcircleslug", INSIDE, BIT(SUPERUSER)},
	{"zqcircletitle", INSIDE, BIT(SUPERUSER)},
	{"zqcircletopic", INSIDE, BIT(SUPERUSER)},
	{"zqcircletag", 0, 0}, // there are no tags there
	{"zqcirclebody", INSIDE, BIT(SUPERUSER)},
	{"zqcircleold", INSIDE, BIT(SUPERUSER)},
	{"zqcircleanswer", INSIDE, BIT(SUPERUSER)},
	{"zqcirclecomment", INSIDE, BIT(SUPERUSER)},
	{"zqmemberslug", SIGNED_IN, BIT(ASKER)},
	{"zqmembertitle", SIGNED_IN, BIT(ASKER)},
	{"zqmembertopic", SIGNED_IN, BIT(ASKER)},
	{"zqmembertag", SIGNED_IN, BIT(ASKER)},
	{"zqmemberbody", SIGNED_IN, BIT(ASKER)},
	{"zqmemberold", SIGNED_IN, BIT(ASKER)},
	{"zqmemberanswer", SIGNED_IN, BIT(ASKER)},
	{"zqmembercomment", SIGNED_IN, BIT(ASKER)},
	{"zqdeletedtopic", MODS, BIT(MODERATOR)}, // which was reported
	{"zqdeletedtag", MODS, 0},
	{"zqdeletedbody", MODS, BIT(MODERATOR)},
	{"zqdeletedold", MODS, 0},
	{"zqdeletedanswer", MODS, BIT(MODERATOR)},
	{"zqdeletedcomment", MODS, BIT(MODERATOR)},
	{"zqhiddenanswer", MODS, BIT(MODERATOR)},
	{"zqremovedcomment", MODS, BIT(MODERATOR)},
	{"zqunderhidden", MODS, BIT(MODERATOR)},
	{"zqnote", MODS, BIT(MODERATOR)},
	{"zqprofilenote", MODS, BIT(MODERATOR)},
	{"zqobjection", MANAGERS, BIT(MANAGER)},
	{"zqproposed", MANAGERS, BIT(MANAGER)},
	{"zqdraft", BIT(ASKER), BIT(ASKER)},
	{"zqreply", BIT(ASKER), BIT(ASKER)},
	{"zqlabel", BIT(ASKER), BIT(ASKER)},
	{"zqmail", BIT(ASKER), BIT(ASKER)},
	{"zqhash", 0, 0},
	{"zqgone", 0, 0},
};
const size_t SECRETS_N = COUNTOF(SECRETS);

static const char *const WORDS[PLACES_N] = {"open", "staff", "circle", "member", "deleted"};

static Str text(const char *format, const char *word)
{
	Buf b = buf_init(test_arena(), 128, 512);
	for (const char *p = format; *p; p++) {
		if (*p == '$') buf_z(&b, word);
		else buf_char(&b, *p);
	}
	return buf_view(&b);
}

// --- places and what was written there ---------------------------------------------------------------------------------------

static void make_spaces(Secrets *s)
{
	static const Visibility FOR[PLACES_N] = {
		[PLACE_STAFF] = VISIBLE_STAFF, [PLACE_CIRCLE] = VISIBLE_CIRCLE, [PLACE_MEMBERS] = VISIBLE_MEMBERS};
	Town *t = s->w->t;
	s->space[PLACE_OPEN] = s->space[PLACE_DELETED] = t->space;
	for (int p = PLACE_STAFF; p <= PLACE_MEMBERS; p++)
		assert_ok(t->cx, town_space(t,
									&(SpaceNew){.slug = text("zq$slug", WORDS[p]),
												.title = text("Desk zq$title", WORDS[p]),
												.description = text("About zq$about", WORDS[p]),
												.visibility = FOR[p]},
									&s->space[p]));
}

static void ask_in(Secrets *s, int p, const char *tags, Id *ret_topic, Id *ret_opening)
{
	Town *t = s->w->t;
	TopicNew topic = {.space_id = s->space[p],
					  .author_id = t->helper,
					  .affiliation = AFFILIATION_CUSTOMER,
					  .title = text("How do I descale the kettle zq$topic", WORDS[p]),
					  .tags = text(tags, WORDS[p]),
					  .text.source = text("The kettle whistles zq$old.", WORDS[p])};
	if (p == PLACE_OPEN) topic.author_id = t->asker;
	assert_ok(t->cx, town_topic(t, &topic, ret_topic, ret_opening));
	PostEdit edit = {.post_id = *ret_opening,
					 .text.source = text("The kettle whistles zq$body.", WORDS[p]),
					 .reason = text("For zq$why", WORDS[p])};
	assert_ok(t->cx, town_edit(t, &edit));
}

static void answer(Secrets *s, Id topic, const char *body, const char *word, Id by, Id *ret)
{
	PostNew post = {.topic_id = topic, .author_id = by, .text.source = text(body, word)};
	assert_ok(s->w->t->cx, town_post(s->w->t, &post, ret));
}

// In each place a question with an answer that was accepted and has a comment; in the closed ones so many of the employee's
// that it is an area of theirs, and of a tag that is nowhere else the moderator's first.
static void make_topics(Secrets *s)
{
	Town *t = s->w->t;
	Id employee = s->w->who[WHO_EMPLOYEE].member, moderator = s->w->who[WHO_MODERATOR].member, seen;
	for (int p = 0; p < PLACES_N; p++) {
		ask_in(s, p, "kettle zq$tag", &s->topic[p], &s->opening[p]);
		answer(s, s->topic[p], "Vinegar in the kettle, zq$answer.", WORDS[p], employee, &s->answer[p]);
		assert_ok(t->cx, town_accept(t, s->answer[p], true));
		assert_ok(t->cx,
				  town_comment(t, s->answer[p], text("That kettle again, zq$comment.", WORDS[p]), &s->comment[p]));
		t->cx->now_ms += 1000;
	}
	for (int p = PLACE_STAFF; p <= PLACE_MEMBERS; p++)
		for (int i = 0; i < 8; i++) {
			Id topic, opening, post;
			bool apart = i % 2 && p == PLACE_STAFF;
			ask_in(s, p, apart ? "zq$tag" : "kettle zq$tag", &topic, &opening);
			answer(s, topic, "Vinegar in the kettle.", WORDS[p], apart ? moderator : employee, &post);
			assert_ok(t->cx, town_accept(t, post, true));
			t->cx->now_ms += 1000;
		}
	answer(s, s->topic[PLACE_OPEN], "Never boil the kettle dry.", "", moderator,
		   &seen); // with their area beside the name
}

static Status link_both(Ctx *cx, Tx *tx, void *arg)
{
	const Id *topics = arg;
	int64_t n;
	TRY(topic_link_insert(cx, tx, &(TopicLinkInsertArgs){.topic_id = topics[0], .other_id = topics[1], .kind = 1}, &n));
	return topic_link_insert(cx, tx, &(TopicLinkInsertArgs){.topic_id = topics[1], .other_id = topics[0], .kind = 1},
							 &n);
}

static Status remove_comment(Ctx *cx, Tx *tx, void *arg) { return community_comment_delete(cx, tx, *(Id *)arg, true); }

static Status report_profile(Ctx *cx, Tx *tx, void *arg)
{
	bool is_new;
	return community_report_profile(cx, tx, *(Id *)arg, S("see zqprofilenote"), &is_new);
}

static void hide_things(Secrets *s)
{
	Town *t = s->w->t;
	Ctx *cx = t->cx;
	answer(s, s->topic[PLACE_OPEN], "The kettle is a lie, zqhiddenanswer.", "", t->helper, &s->hidden_post);
	assert_ok(cx, town_comment(t, s->hidden_post, S("No kettle is, zqunderhidden."), &s->under_hidden));
	assert_ok(cx, town_comment(t, s->answer[PLACE_OPEN], S("Kettles, zqremovedcomment."), &s->removed_comment));
	for (int p = PLACE_STAFF; p < PLACES_N; p++)
		assert_ok(cx, store_write(cx, t->store, link_both, (Id[]){s->topic[PLACE_OPEN], s->topic[p]}));
	cx->actor = &t->asking;
	assert_ok(cx, town_report(t, s->opening[PLACE_DELETED], REPORT_UNKIND, S("see zqnote")));
	assert_ok(cx, store_write(cx, t->store, report_profile, &t->helper));
	cx->actor = NULL;
	assert_ok(cx, insight_analyse_all(cx, t->store, NULL, NULL)); // what is deleted later was read before
	cx->actor = &t->moderating;
	assert_ok(cx, store_write(cx, t->store, remove_comment, &s->removed_comment));
	assert_ok(cx, town_delete(t, s->hidden_post, true));
	assert_ok(cx, town_delete(t, s->opening[PLACE_DELETED], true));
	cx->actor = NULL;
}

// --- people's own ------------------------------------------------------------------------------------------------------------

static Status write_own(Ctx *cx, Tx *tx, void *arg)
{
	Secrets *s = arg;
	Id asker = s->w->t->asker, by = s->w->who[WHO_MEMBER].member;
	Str token;
	Buf b = buf_init(cx->arena, 32, 64);

	buf_z(&b, "t-");
	buf_id(&b, s->topic[PLACE_OPEN]);
	DraftPutArgs ask = {.member_id = asker,
						.place = S("ask"),
						.title = S("Why zqdraft is"),
						.tags = S("zqdraft"),
						.body = S("My kettle zqdraft"),
						.updated_at = cx->now_ms};
	DraftPutArgs reply = ask;
	reply.place = buf_view(&b);
	reply.title = reply.tags = S("");
	reply.body = S("My kettle zqreply");
	TRY(draft_put(cx, tx, &ask));
	TRY(draft_put(cx, tx, &reply));
	TRY(members_token_create(cx, tx, asker, S("for zqlabel"), &token));
	TRY(programme_propose(cx, tx, asker, S("kettle"), S("for zqproposed")));
	s->objection = ctx_id(cx);
	return objection_insert(cx, tx,
							&(ObjectionInsertArgs){.id = s->objection,
												   .member_id = asker,
												   .by_id = by,
												   .note = S("I object, zqobjection"),
												   .at_ms = cx->now_ms});
}

PRINTF_LIKE(2, 3) static void sql(Secrets *s, const char *format, ...)
{
	char line[400];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	world_run_sql(s->w, str_z(test_arena(), str_from(line)));
}

// What no page of the program sets, and what an import brings.
static void set_columns(Secrets *s)
{
	sql(s,
		"UPDATE member SET email = 'zqmail@town.example', email_key = 'zqmail@town.example', password_hash = 'zqhash' "
		"WHERE id = %lld",
		(long long)s->w->t->asker);
	sql(s, "UPDATE member SET origin_channel = 'stackexchange', origin_id = '77' WHERE handle_key = 'zqgone'");
	for (int p = 0; p < PLACES_N; p++)
		sql(s, "UPDATE post SET origin_channel = 'stackexchange', origin_id = '%d' WHERE id = %lld", 101 + p,
			(long long)s->answer[p]);
	sql(s, "UPDATE post SET origin_channel = 'stackexchange', origin_id = '100' WHERE id = %lld",
		(long long)s->hidden_post);
}

// Somebody who knows much and is on no board.
static void make_opted_out(Secrets *s)
{
	Town *t = s->w->t;
	s->opted_out = town_join(t, S("zqoptout"), ROLE_MEMBER, AFFILIATION_CUSTOMER).id;
	for (int i = 0; i < 3; i++) {
		Id topic, opening, post;
		assert_ok(t->cx, town_ask(t, S("How do I descale the kettle anew?"), S("kettle"), S("Scale again."), &topic,
								  &opening));
		answer(s, topic, "Citric acid for the kettle, patience for you.", "", s->opted_out, &post);
		assert_ok(t->cx, town_accept(t, post, true));
	}
	sql(s, "UPDATE member SET board_off = 1 WHERE id = %lld", (long long)s->opted_out);
}

void secrets_make(World *w, Secrets *ret)
{
	Ctx *cx = w->t->cx;
	*ret = (Secrets){.w = w};
	cx->actor = NULL;
	make_spaces(ret);
	make_topics(ret);
	make_opted_out(ret);
	hide_things(ret);
	assert_ok(cx, store_write(cx, w->t->store, write_own, ret));
	set_columns(ret);
	assert_ok(cx, standing_pass(cx, w->t->store));
	world_give_steward(w);
	ret->report = town_number(w->t, "SELECT id AS n FROM report WHERE subject_type = 3");
	ret->token = town_number(w->t, "SELECT id AS n FROM api_token WHERE label = 'for zqlabel'");
	test_clock_set(cx->now_ms);
	SiteValue *old_host = ARENA_NEW(test_arena(), SiteValue, 1);
	*old_host = (SiteValue){S("redirects.host"), S("town.example")};
	w->site->values = old_host;
	w->site->values_n = 1;
}

// --- looking for them -------------------------------------------------------------------------------------------------------

const Secret *secrets_told(Str bytes, Who who, Str typed, unsigned *seen)
{
	const Secret *told = NULL;
	for (size_t n; str_find_char(bytes, 'z', &n); bytes = str_sub(bytes, n + 1, bytes.n)) {
		Str here = str_sub(bytes, n, bytes.n);
		if (!str_starts(here, S("zq"))) continue;
		for (size_t i = 0; i < SECRETS_N; i++) {
			Str word = str_from(SECRETS[i].word);
			size_t at;
			if (!str_starts(here, word) || str_find(typed, word, &at)) continue;
			if (seen) seen[i] |= WHO_BIT(who);
			if (!(SECRETS[i].seen_by & WHO_BIT(who))) told = &SECRETS[i];
		}
	}
	return told;
}

// --- addresses ---------------------------------------------------------------------------------------------------------------

static Str id_text(Id id)
{
	Buf b = buf_init(test_arena(), 16, 32);
	buf_id(&b, id);
	return buf_view(&b);
}

static size_t ids_of(const Id *v, size_t n, Str *ret)
{
	for (size_t i = 0; i < n; i++) ret[i] = id_text(v[i]);
	return n;
}

static size_t words_of(const char *words, Str *ret)
{
	size_t n = 0;
	for (Str rest = str_from(words); rest.p && n < VALUES_MAX; n++) {
		rest = str_cut(rest, ' ', &ret[n]);
		if (!rest.n) return n + 1;
	}
	return n;
}

typedef struct PathWords { // of one name, where the route's path begins so
	const char *name, *path, *words;
} PathWords;

static const PathWords PATH_WORDS[] = {
	{"slug", "/s/", "help zqstaffslug zqcircleslug zqmemberslug"},
	{"slug", "/t/", "x"},
	{"slug", "/questions/", "x"},
	{"tag", "/", "kettle zqstafftag zqmembertag zqdeletedtag zqcircletag"},
	{"name", "/tag/", "kettle zqstafftag zqmembertag zqdeletedtag zqcircletag"},
	{"name", "/users/", "x"},
	{"handle", "/", "asker the-employee the-moderator zqoptout zqgone"},
	{"channel", "/", "stackexchange"},
	{"remote", "/", "100 101 102 103 104 105 77"},
	{"old", "/", "100 101 102 103 104 105 77"},
	{"user", "/", "102"},
	{"answer", "/", "102"},
	// there are none
	{"trial", "/", "4k2"},
	{"series", "/", "4k2"},
	{"correction", "/", "4k2"},
	{"profile", "/", "4k2"},
};

static size_t posts_of(const Secrets *s, Str *ret)
{
	size_t n = ids_of(s->opening, PLACES_N, ret);
	n += ids_of(s->answer, PLACES_N, ret + n);
	return n + ids_of(&s->hidden_post, 1, ret + n);
}

static size_t subjects_of(const Secrets *s, Str *ret)
{
	size_t n = posts_of(s, ret);
	n += ids_of(s->comment, PLACES_N, ret + n);
	n += ids_of(&s->under_hidden, 1, ret + n);
	return n + ids_of(&s->removed_comment, 1, ret + n);
}

static size_t members_of(const Secrets *s, Str *ret)
{
	const Id who[] = {s->w->t->asker, s->w->who[WHO_EMPLOYEE].member, s->opted_out, s->w->who[WHO_GONE].member};
	return ids_of(who, COUNTOF(who), ret);
}

size_t secrets_path_values(const Secrets *s, const Route *row, Str name, Str ret[static VALUES_MAX])
{
	for (size_t i = 0; i < COUNTOF(PATH_WORDS); i++)
		if (str_eq(name, str_from(PATH_WORDS[i].name)) && str_starts(str_from(row->path), str_from(PATH_WORDS[i].path)))
			return words_of(PATH_WORDS[i].words, ret);
	if (str_eq(name, S("topic"))) return ids_of(s->topic, PLACES_N, ret);
	if (str_eq(name, S("post"))) return posts_of(s, ret);
	if (str_eq(name, S("subject"))) return subjects_of(s, ret);
	if (str_eq(name, S("member"))) return members_of(s, ret);
	if (str_eq(name, S("report"))) return ids_of(&s->report, 1, ret);
	if (str_eq(name, S("token"))) return ids_of(&s->token, 1, ret);
	return str_eq(name, S("objection")) ? ids_of(&s->objection, 1, ret) : 0;
}

size_t secrets_field_values(const Secrets *s, Str name, Str ret[static VALUES_MAX])
{
	static const struct {
		const char *name, *values;
	} FIELDS[] = {
		// what a reader may ask for
		{"q", "kettle zqstafftopic"},
		{"title", "How+do+I+descale+the+kettle"},
		{"show", "newest unsolved unanswered solved kudos"},
		{"space", "zqstaffslug zqmemberslug help"},
		{"in", "zqstaffslug %23zqstafftag /zqstaffslug"},
		{"tag", "kettle zqstafftag"},
		{"by", "the-employee"},
		{"state", "solved"},
		{"sort", "newest"},
		{"limit", "20"},
		{"days", "365"},
		{"area", "kettle zqstafftag s:zqstaffslug zqmembertag zqdeletedtag"},
		{"f", "capped"},
		{"score", "contribution"},
		{"what", "accepted content"},
		{"period", "365d"},
		// nothing is found by these, or they only say where to go on
		{"after", ""},
		{"answers", ""},
		{"topics", ""},
		{"skip", ""},
		{"was", "365d"},
		{"from", ""},
		{"to", ""},
		{"cursor", ""},
		{"asking", ""},
		{"next", ""},
		{"reported", ""},
		{"done", ""},
		{"saved", "site"},
		{"objected", ""},
		{"published", "1"},
		{"card", ""},
		{"rows", ""},
		{"among", ""},
		{"against", ""},
		{"role", ""},
		{"tone", ""},
		{"kind", ""},
		{"lang", ""},
		{"topic", ""},
		{"least", ""},
		{"before", ""},
		{"series", ""},
	};
	if (str_eq(name, S("member"))) return ids_of(&s->w->who[WHO_EMPLOYEE].member, 1, ret);
	if (str_eq(name, S("body"))) return words_of("The+kettle+whistles", ret);
	for (size_t i = 0; i < COUNTOF(FIELDS); i++)
		if (str_eq(name, str_from(FIELDS[i].name))) return words_of(FIELDS[i].values, ret);
	return 0;
}

static void addresses_from(const Secrets *s, const Route *row, const char *at, Str before, Addresses *ret)
{
	const char *brace = strchr(at, '{');
	if (!brace) {
		assert_true(ret->n < 512);
		ret->v[ret->n++] = STR_CAT(test_arena(), before, str_from(at));
		return;
	}
	Str values[VALUES_MAX], name, rest = str_cut(str_from(brace + 1), '}', &name);
	str_cut(name, ':', &name);
	size_t n = secrets_path_values(s, row, name, values);
	if (!n) fail_msg("secrets_path_values knows no {%.*s} of %s", STR(name), row->path);
	before = STR_CAT(test_arena(), before, (Str){at, (size_t)(brace - at)});
	for (size_t i = 0; i < n; i++)
		addresses_from(s, row, rest.n ? rest.p : "", STR_CAT(test_arena(), before, values[i]), ret);
}

Addresses secrets_addresses(const Secrets *s, const Route *row)
{
	Addresses a = {ARENA_NEW(test_arena(), Str, 512), 0};
	addresses_from(s, row, row->path, S(""), &a);
	return a;
}
