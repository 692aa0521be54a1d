// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page, list, feed and file that there is to read, asked for in every way there is to ask, as different people: no word
// that is not for them may be in any byte of an answer, its head included. First come those who may see more, so what they are
// shown would stand in the page cache if it got there. And what is hidden answers as what never was.
#include "app/secrets_testkit.h"
#include "community/model_testkit.h"
#include "standing/standing.h"

#include "test.h"

#define COMPLAINTS_MAX 60
#define CACHE_BYTES ((size_t)8 << 20)

typedef struct Sweep {
	Secrets s;
	unsigned seen[64]; // by secret: bits of Who
	size_t asked, found;
	bool told[64];           // by secret: of this address already
	const char *host_secret; // of the site, as digits
} Sweep;

// Those who may see more come first.
static const Who READERS[] = {WHO_MANAGER, WHO_MODERATOR, WHO_ASKER, WHO_SUPERUSER, WHO_HELPER,
							  WHO_STEWARD, WHO_MEMBER,    WHO_TOKEN, WHO_GONE,      WHO_GUEST};

static void look_at(Sweep *sw, Str bytes, Who who, Str target)
{
	const Secret *told = secrets_told(bytes, who, target, sw->seen);
	if (!told) return;
	bool *once = &sw->told[told - SECRETS];
	size_t at;
	if (*once || ++sw->found > COMPLAINTS_MAX || !str_find(bytes, str_from(told->word), &at)) return;
	*once = true;
	print_message("# %.*s as %s has %s: …%.*s…\n", STR(target), sw->s.w->who[who].name, told->word,
				  STR(str_sub(bytes, at > 60 ? at - 60 : 0, at + 60)));
}

static void read_as(Sweep *sw, Who who, Str target)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	World *w = sw->s.w;
	// A guest reads twice: what the second is given comes from the cache, if the page is kept.
	for (int again = 0; again < (who == WHO_GUEST ? 2 : 1); again++) {
		const HttpReply *reply = world_ask(w, a, &(Asking){.as = &w->who[who], .target = target, .fast = true});
		if (reply->status >= 500) fail_msg("%.*s as %s: %d", STR(target), w->who[who].name, reply->status);
		look_at(sw, reply->body, who, target);
		for (size_t i = 0; i < reply->headers_n; i++) look_at(sw, reply->headers[i].value, who, target);
		Str keep = world_header(reply, "Cache-Control");
		size_t at;
		if (who != WHO_GUEST && who != WHO_GONE &&
			(!str_find(keep, S("no-store"), &at) || world_header(reply, "ETag").p))
			fail_msg("%.*s as %s may be kept for others", STR(target), w->who[who].name);
		assert_false(str_find(reply->body, str_from(sw->host_secret), &at));
		sw->asked++;
	}
}

static void read_as_all(Sweep *sw, const Route *row, Str target)
{
	for (size_t i = 0; i < COUNTOF(READERS); i++)
		if (READERS[i] != WHO_TOKEN || row->flags & ROUTE_API) read_as(sw, READERS[i], target);
}

// Without these there is nothing to find.
static bool always(const char *field)
{
	return !strcmp(field, "q") || !strcmp(field, "title") || !strcmp(field, "member");
}

static Str with_fields(Sweep *sw, const Route *row, Str path, const char *field, Str value)
{
	Buf b = buf_init(test_arena(), 128, 1024);
	char next = '?';
	buf_str(&b, path);
	for (size_t i = 0; i < row->form.n; i++) {
		Str values[VALUES_MAX], v = str_none();
		const char *name = row->form.v[i].name;
		if (field && !strcmp(name, field)) v = value;
		else if (always(name) && secrets_field_values(&sw->s, str_from(name), values)) v = values[0];
		if (!v.n) continue;
		buf_format(&b, "%c%s=%.*s", next, name, STR(v));
		next = '&';
	}
	return buf_view(&b);
}

static void sweep_address(Sweep *sw, const Route *row, Str path)
{
	memset(sw->told, 0, sizeof sw->told);
	read_as_all(sw, row, with_fields(sw, row, path, NULL, str_none()));
	for (size_t i = 0; i < row->form.n; i++) {
		Str values[VALUES_MAX];
		const char *name = row->form.v[i].name;
		size_t n = secrets_field_values(&sw->s, str_from(name), values);
		if (!n) fail_msg("secrets_field_values knows no \"%s\" of %s", name, row->path);
		for (size_t k = always(name) ? 1 : 0; k < n; k++)
			if (values[k].n) read_as_all(sw, row, with_fields(sw, row, path, name, values[k]));
	}
}

static Str hex(const unsigned char *p, size_t n)
{
	Buf b = buf_init(test_arena(), 2 * n, 2 * n + 1);
	for (size_t i = 0; i < n; i++) buf_format(&b, "%02x", p[i]);
	return buf_view(&b);
}

static void open_sweep(World *w, Sweep *sw)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	*sw = (Sweep){.host_secret = str_z(test_arena(), hex(w->site->secret, sizeof w->site->secret))};
	secrets_make(w, &sw->s);
	world_open(w, features, n, CACHE_BYTES);
}

static void sweep(World *w)
{
	Sweep *sw = ARENA_NEW(test_arena(), Sweep, 1);
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	const Router *r = router_new(test_arena(), features, n);
	open_sweep(w, sw);
	for (size_t i = 0; i < router_count(r); i++) {
		const Route *row = router_at(r, i);
		if (row->method != HTTP_GET || row->flags & ROUTE_DEMO) continue;
		Addresses a = secrets_addresses(&sw->s, row);
		for (size_t k = 0; k < a.n; k++) sweep_address(sw, row, a.v[k]);
	}
	for (size_t i = 0; i < SECRETS_N; i++)
		if (SECRETS[i].control & ~sw->seen[i])
			sw->found++, print_message("# nobody was shown %s, so nothing was tested\n", SECRETS[i].word);
	print_message("# %zu answers\n", sw->asked);
	assert_int_equal(sw->found, 0);
}
TEST(secrecy_nobody_reads_what_is_not_for_them) { test_worlds(sweep); }

// --- what is hidden is as what never was ---------------------------------------------------------------------------------------

typedef struct Oracle {
	Sweep sw;
	int told;
} Oracle;

static Str without(Str text, Str word)
{
	Buf b = buf_init(test_arena(), text.n + 1, text.n + 1);
	for (size_t at; str_find(text, word, &at); text = str_sub(text, at + word.n, text.n))
		buf_str(&b, str_sub(text, 0, at));
	buf_str(&b, text);
	return buf_view(&b);
}

static Str filled(const char *pattern, Str word)
{
	Buf b = buf_init(test_arena(), 128, 512);
	for (const char *p = pattern; *p; p++) {
		if (*p == '$') buf_str(&b, word);
		else buf_char(&b, *p);
	}
	return buf_view(&b);
}

// Everything but the word itself is the same; what a session adds is of the same length each time.
static void same_answer(Oracle *o, Who who, const char *pattern, Str hidden, Str absent)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	const Visitor *as = &o->sw.s.w->who[who];
	const HttpReply *one = world_ask(o->sw.s.w, a, &(Asking){.as = as, .target = filled(pattern, hidden)}),
					*two = world_ask(o->sw.s.w, a, &(Asking){.as = as, .target = filled(pattern, absent)});
	Str said = without(one->body, hidden), unsaid = without(two->body, absent);
	bool same = one->status == two->status && one->headers_n == two->headers_n &&
				(as->session.n ? said.n == unsaid.n : str_eq(said, unsaid)) &&
				str_eq(without(world_header(one, "Location"), hidden), without(world_header(two, "Location"), absent));
	if (same) return;
	o->told++;
	print_message("# %s as %s: %d and %zu bytes of what is hidden, %d and %zu of what is not there\n", pattern,
				  as->name, one->status, said.n, two->status, unsaid.n);
}

static void same_answers(Oracle *o, const char *const *patterns, size_t n, Str hidden, Str absent)
{
	static const Who BLIND[] = {WHO_GUEST, WHO_MEMBER, WHO_STEWARD, WHO_HELPER};
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < COUNTOF(BLIND); k++) same_answer(o, BLIND[k], patterns[i], hidden, absent);
}

static Str id_of(Id id)
{
	Buf b = buf_init(test_arena(), 16, 32);
	buf_id(&b, id);
	return buf_view(&b);
}

static void oracle(World *w)
{
	static const char *const TOPIC[] = {"/t/$",        "/t/$/x",     "/t/$/feed.atom",   "/t/$/live.stream",
										"/ask/open/$", "/ask/who/$", "/api/v1/topics/$", "/api/v1/topics/$/posts"},
							 *const POST[] = {"/p/$", "/p/$/edit", "/p/$/history", "/p/$/report"},
							 *const SLUG[] = {"/s/$",
											  "/s/$/feed.atom",
											  "/s/$/tag/kettle",
											  "/api/v1/topics?space=$",
											  "/ask?in=$",
											  "/search?q=kettle&space=$",
											  "/m/the-employee/why?area=s:$"},
							 *const TAG[] = {"/tag/$",
											 "/tag/$/feed.atom",
											 "/s/help/tag/$",
											 "/search?q=kettle&tag=$",
											 "/m/the-employee/why?area=$",
											 "/m/the-moderator/why?area=$"},
							 *const HANDLE[] = {"/m/$", "/m/$/why", "/search?q=kettle&by=$"},
							 *const MEMBER[] = {"/members/$/card"};
	Oracle *o = ARENA_NEW(test_arena(), Oracle, 1);
	open_sweep(w, &o->sw);
	const Secrets *s = &o->sw.s;
	for (int p = PLACE_STAFF; p < PLACES_N; p++) {
		if (p == PLACE_MEMBERS) continue; // members see it
		same_answers(o, TOPIC, COUNTOF(TOPIC), id_of(s->topic[p]), id_of(s->topic[p] + 1000000));
		same_answers(o, POST, COUNTOF(POST), id_of(s->opening[p]), id_of(s->opening[p] + 1000000));
		same_answers(o, POST, COUNTOF(POST), id_of(s->answer[p]), id_of(s->answer[p] + 1000000));
	}
	same_answers(o, POST, COUNTOF(POST), id_of(s->hidden_post), id_of(s->hidden_post + 1000000));
	same_answers(o, SLUG, COUNTOF(SLUG), S("zqstaffslug"), S("zqstaffsluq"));
	same_answers(o, SLUG, COUNTOF(SLUG), S("zqcircleslug"), S("zqcirclesluq"));
	same_answers(o, TAG, COUNTOF(TAG), S("zqstafftag"), S("zqstafftaq"));
	same_answers(o, TAG, 3, S("zqdeletedtag"), S("zqdeletedtaq"));
	same_answers(o, HANDLE, COUNTOF(HANDLE), S("zqgone"), S("zqgonf"));
	same_answers(o, MEMBER, COUNTOF(MEMBER), id_of(w->who[WHO_GONE].member), id_of(w->who[WHO_GONE].member + 1000000));
	assert_int_equal(o->told, 0);
}
TEST(secrecy_what_is_hidden_answers_as_what_never_was) { test_worlds(oracle); }

// Who is on no board stands on none, whatever they know: from the moment they say so.
static void off_the_boards(World *w)
{
	static const Who ASKING[] = {WHO_GUEST, WHO_MEMBER, WHO_ASKER, WHO_MODERATOR, WHO_MANAGER};
	Sweep *sw = ARENA_NEW(test_arena(), Sweep, 1);
	open_sweep(w, sw);
	const Str pages[] = {S("/members"), filled("/ask/who/$", id_of(sw->s.topic[PLACE_OPEN]))};
	assert_ok(w->t->cx, town_accept(w->t, sw->s.answer[PLACE_OPEN], false)); // it is asked for again
	for (int off = 0; off < 2; off++) {
		world_run_sql(w, off ? "UPDATE member SET board_off = 1" : "UPDATE member SET board_off = 0");
		if (!off) assert_ok(w->t->cx, standing_pass(w->t->cx, w->t->store));
		for (size_t i = 0; i < COUNTOF(pages); i++)
			for (size_t k = 0; k < COUNTOF(ASKING); k++) {
				AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
				const HttpReply *r = world_ask(w, a, &(Asking){.as = &w->who[ASKING[k]], .target = pages[i]});
				assert_int_equal(test_has(r->body, "zqoptout"), !off && r->status == 200);
			}
	}
}
TEST(secrecy_who_is_on_no_board_stands_on_none) { test_worlds(off_the_boards); }
