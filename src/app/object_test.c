// SPDX-License-Identifier: AGPL-3.0-or-later
// Every form and every write of the API, sent well formed by people who may use it, but about things they may not see or that
// are somebody else's: each is refused, and nothing is written. That the same form does its work for whoever may is the
// other half, or a refusal would show nothing.
#include "app/secrets_testkit.h"
#include "community/model_testkit.h"

#include "test.h"

typedef struct Objects {
	Secrets s;
	const Router *r;
} Objects;

static const Who OUTSIDERS[] = {WHO_GUEST, WHO_NEWCOMER, WHO_MEMBER, WHO_HELPER, WHO_STEWARD, WHO_TOKEN, WHO_GONE};

// What a form of the program is filled in with.
static const struct {
	const char *name, *value;
} FIELDS[] = {{"title", "Is the kettle of another kind?"},
			  {"body", "A few words about the kettle."},
			  {"tags", "kettle"},
			  {"reason", "better so"},
			  {"text", "The terms are these."},
			  {"note", "Because it has to be said."},
			  {"area", "kettle"},
			  {"value", "1"},
			  {"accepted", "1"},
			  {"on", "1"},
			  {"why", "1"},
			  {"deleted", "1"},
			  {"closed", "1"},
			  {"label", "1"},
			  {"task", "sentiment"},
			  {"state", "hidden"},
			  {"days", "30"},
			  {"terms", "1"},
			  {"choice", "1"},
			  {"place", "ask"},
			  {"theme", "dark"},
			  {"off", "1"},
			  {"toml", "x"},
			  {"do", "off"},
			  {"tokens", "1"},
			  // of people and their passwords, and what is not asked for
			  {"handle", ""},
			  {"email", ""},
			  {"password", ""},
			  {"current", ""},
			  {"asking", ""},
			  {"next", ""},
			  {"revision", ""},
			  {"back", ""},
			  {"from", ""}};

static Str value_of(const Objects *o, const Route *row, const char *name)
{
	if (!strcmp(name, "space")) {
		Buf b = buf_init(test_arena(), 16, 32);
		buf_id(&b, o->s.space[PLACE_STAFF]);
		return row->flags & ROUTE_API ? S("zqstaffslug") : buf_view(&b);
	}
	if (strchr(name, '.')) return S(""); // of a setting: stays as it is
	for (size_t i = 0; i < COUNTOF(FIELDS); i++)
		if (!strcmp(name, FIELDS[i].name)) return str_from(FIELDS[i].value);
	fail_msg("object_test knows no value for \"%s\" of %s", name, row->path);
	return str_none();
}

static void write_member(Buf *b, const FormField *f, Str value)
{
	const char *quote = f->type == FIELD_INT || f->type == FIELD_FLAG ? "" : "\"";
	if (f->type == FIELD_FLAG) value = str_eq(value, S("1")) ? S("true") : S("false");
	buf_format(b, "\"%s\":%s%.*s%s", f->name, quote, STR(value), quote);
}

static Str body_of(const Objects *o, const Route *row)
{
	Buf b = buf_init(test_arena(), 256, 4096);
	bool api = row->flags & ROUTE_API, more = false;
	if (api) buf_char(&b, '{');
	for (size_t i = 0; i < row->form.n; i++) {
		const char *name = row->form.v[i].name;
		Str value = value_of(o, row, name);
		if (!value.n) continue;
		if (more) buf_char(&b, api ? ',' : '&');
		more = true;
		if (api) write_member(&b, &row->form.v[i], value);
		else buf_format(&b, "%s=", name), buf_url_encoded(&b, value);
	}
	if (api) buf_char(&b, '}');
	return b.n ? buf_view(&b) : S("");
}

static void tells_nothing(Objects *o, const HttpReply *reply, Who who, Str target, Str body)
{
	Str typed = STR_CAT(test_arena(), target, S(" "), body);
	const Secret *told = secrets_told(reply->body, who, typed, NULL);
	for (size_t i = 0; !told && i < reply->headers_n; i++)
		told = secrets_told(reply->headers[i].value, who, typed, NULL);
	if (told) fail_msg("%.*s as %s tells %s", STR(target), o->s.w->who[who].name, told->word);
}

static int send_body(Objects *o, const Route *row, Str target, Who who, Str body)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	World *w = o->s.w;
	Asking q = {.as = &w->who[who],
				.method = HTTP_POST,
				.target = target,
				.body = body,
				.type = row->flags & ROUTE_API ? WORLD_JSON : WORLD_URLENCODED,
				.origin = WORLD_ORIGIN};
	if (q.as->session.n) q.csrf = world_csrf(w, q.as);
	const HttpReply *reply = world_ask(w, a, &q);
	tells_nothing(o, reply, who, target, body);
	// Sent to sign in: refused as well.
	return str_starts(world_header(reply, "Location"), S("/sign-in?next=")) ? 401 : reply->status;
}

static int send_as(Objects *o, const Route *row, Str target, Who who)
{
	return send_body(o, row, target, who, body_of(o, row));
}

// Changes with everything that a form can do to anything.
static int64_t state_of(Objects *o)
{
	return town_number(
		o->s.w->t,
		"SELECT (SELECT count(*) FROM fact) + 7 * (SELECT count(*) FROM post) + (SELECT count(*) FROM comment) + "
		"(SELECT count(*) FROM vote) + (SELECT count(*) FROM mark) + (SELECT count(*) FROM guest_mark) + "
		"(SELECT count(*) FROM report) + (SELECT count(*) FROM revision) + (SELECT count(*) FROM audit) + "
		"(SELECT count(*) FROM draft) + (SELECT count(*) FROM api_token) + (SELECT count(*) FROM objection) + "
		"(SELECT count(*) FROM topic WHERE deleted_at IS NULL) + (SELECT count(*) FROM topic WHERE closed_at IS NULL) "
		"+ "
		"(SELECT count(*) FROM report WHERE closed_at IS NULL) AS n");
}

static void refuses(Objects *o, const Route *row, Str target, Who who)
{
	int64_t before = state_of(o);
	// What comes back of a form that does not fit is drawn with what it is about.
	send_body(o, row, target, who, row->flags & ROUTE_API ? S("{}") : S("x="));
	int status = send_as(o, row, target, who);
	bool refused = status == 401 || status == 403 || status == 404 || status == 422;
	if (!refused || state_of(o) != before)
		fail_msg("%.*s as %s: %d, %s", STR(target), o->s.w->who[who].name, status,
				 state_of(o) == before ? "nothing was written" : "and it was written");
}

// --- what may not be seen ---------------------------------------------------------------------------------------------------

static bool names(Str target, Id id)
{
	size_t at;
	Buf b = buf_init(test_arena(), 16, 32);
	buf_id(&b, id);
	return str_find(target, buf_view(&b), &at);
}

// Of the staff, the circle, deleted, hidden, or the asker's own.
static bool is_closed(const Secrets *s, Str target)
{
	bool closed = names(target, s->hidden_post) || names(target, s->token) || names(target, s->under_hidden) ||
				  names(target, s->removed_comment) || names(target, s->report) || names(target, s->objection);
	for (int p = PLACE_STAFF; p < PLACES_N; p++)
		if (p != PLACE_MEMBERS)
			closed |= names(target, s->topic[p]) || names(target, s->opening[p]) || names(target, s->answer[p]) ||
					  names(target, s->comment[p]);
	return closed;
}

static bool has_space(const Route *row)
{
	bool has = false;
	for (size_t i = 0; i < row->form.n; i++) has |= !strcmp(row->form.v[i].name, "space");
	return has;
}

static void objects_open(World *w, Objects *o)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	secrets_make(w, &o->s);
	o->r = router_new(test_arena(), features, n);
	world_open(w, features, n, 0);
}

static bool is_form(const Route *row) { return row->method == HTTP_POST && row->action && !(row->flags & ROUTE_DEMO); }

static void closed_things(World *w)
{
	Objects *o = ARENA_NEW(test_arena(), Objects, 1);
	size_t tried = 0;
	objects_open(w, o);
	for (size_t i = 0; i < router_count(o->r); i++) {
		const Route *row = router_at(o->r, i);
		if (!is_form(row)) continue;
		Addresses a = secrets_addresses(&o->s, row);
		for (size_t k = 0; k < a.n; k++) {
			if (!is_closed(&o->s, a.v[k]) && !has_space(row)) continue;
			for (size_t v = 0; v < COUNTOF(OUTSIDERS); v++) refuses(o, row, a.v[k], OUTSIDERS[v]), tried++;
		}
	}
	assert_true(tried > 500);
}
TEST(objects_that_are_closed_take_nothing) { test_worlds(closed_things); }

// --- what is another's ------------------------------------------------------------------------------------------------------

static const Route *row_of(Objects *o, const char *path)
{
	for (size_t i = 0; i < router_count(o->r); i++)
		if (router_at(o->r, i)->method == HTTP_POST && !strcmp(router_at(o->r, i)->path, path))
			return router_at(o->r, i);
	fail_msg("there is no %s", path);
	return NULL;
}

static Str address_of(const char *path, Id id)
{
	Str before, name, after = str_cut(str_cut(str_from(path), '{', &before), '}', &name);
	Buf b = buf_init(test_arena(), 64, 256);
	buf_str(&b, before);
	buf_id(&b, id);
	buf_str(&b, after);
	return buf_view(&b);
}

static void others_things(World *w)
{
	static const Who STRANGERS[] = {WHO_NEWCOMER, WHO_MEMBER, WHO_STEWARD, WHO_SUPERUSER, WHO_EMPLOYEE};
	static const char *const POST[] = {"/p/{post:id}/edit", "/p/{post:id}/delete"},
							 *const ANSWER[] = {"/p/{post:id}/accept", "/api/v1/posts/{post:id}/accept"};
	Objects *o = ARENA_NEW(test_arena(), Objects, 1);
	objects_open(w, o);
	for (size_t k = 0; k < COUNTOF(STRANGERS); k++) {
		Who who = STRANGERS[k];
		for (size_t i = 0; i < COUNTOF(POST); i++)
			refuses(o, row_of(o, POST[i]), address_of(POST[i], o->s.opening[PLACE_OPEN]), who);
		for (size_t i = 0; i < COUNTOF(ANSWER); i++)
			refuses(o, row_of(o, ANSWER[i]), address_of(ANSWER[i], o->s.answer[PLACE_OPEN]), who);
		refuses(o, row_of(o, "/t/{topic:id}/close"), address_of("/t/{topic:id}/close", o->s.topic[PLACE_OPEN]), who);
		refuses(o, row_of(o, "/settings/tokens/{token:id}/delete"),
				address_of("/settings/tokens/{token:id}/delete", o->s.token), who);
	}
	// One's own thing is voted on by nobody.
	refuses(o, row_of(o, "/p/{post:id}/vote"), address_of("/p/{post:id}/vote", o->s.opening[PLACE_OPEN]), WHO_ASKER);
	refuses(o, row_of(o, "/api/v1/posts/{post:id}/vote"),
			address_of("/api/v1/posts/{post:id}/vote", o->s.opening[PLACE_OPEN]), WHO_ASKER);
}
TEST(objects_of_others_are_left_alone) { test_worlds(others_things); }

// --- the same forms, by whom they are for -------------------------------------------------------------------------------------

static bool takes(Objects *o, const Route *row)
{
	static const Who INSIDERS[] = {WHO_MEMBER, WHO_ASKER, WHO_MODERATOR, WHO_MANAGER, WHO_ADMIN, WHO_GUEST};
	Addresses a = secrets_addresses(&o->s, row);
	for (size_t k = 0; k < a.n; k++)
		for (size_t v = 0; v < COUNTOF(INSIDERS); v++) {
			int status = send_as(o, row, a.v[k], INSIDERS[v]);
			if (status == 200 || status == 201 || status == 204 || status == 303 || status == 409) return true;
			if (status >= 500) fail_msg("%s: %d", row->path, status);
		}
	return false;
}

// These are about passwords, or about what the site of the tests has not got.
static bool is_apart(const Route *row)
{
	static const char *const APART[] = {
		"/sign-in",       "/sign-up",        "/settings/password", "/board/rules/try", "/board/rules/check",
		"/insight/spam/", "/insight/layers", "{trial:id}",         "{series:id}",      "{correction:id}"};
	bool apart = false;
	for (size_t i = 0; i < COUNTOF(APART); i++) apart |= strstr(row->path, APART[i]) != NULL;
	return apart;
}

static void forms_work(World *w)
{
	Objects *o = ARENA_NEW(test_arena(), Objects, 1);
	int bad = 0;
	objects_open(w, o);
	for (size_t i = 0; i < router_count(o->r); i++) {
		const Route *row = router_at(o->r, i);
		if (!is_form(row) || is_apart(row) || !strcmp(row->path, "/sign-out") || takes(o, row)) continue;
		print_message("# %s does nothing for anybody\n", row->path);
		bad++;
	}
	assert_int_equal(bad, 0);
}
TEST(objects_take_what_they_are_for) { test_worlds(forms_work); }

// --- no more than one can look after -------------------------------------------------------------------------------------------

static int post_as(World *w, Who who, const char *path, Str body)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	const Visitor *as = &w->who[who];
	return world_ask(w, a,
					 &(Asking){.as = as,
							   .method = HTTP_POST,
							   .target = str_from(path),
							   .body = body,
							   .type = WORLD_URLENCODED,
							   .origin = WORLD_ORIGIN,
							   .csrf = world_csrf(w, as)})
		->status;
}

static void bounded(World *w)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	world_open(w, features, n, 0);
	for (int i = 1; i <= 103; i++) {
		test_clock_set(w->t->cx->now_ms + i * TIME_SECOND_MS);
		assert_int_equal(post_as(w, WHO_MEMBER, "/drafts", str_format(test_arena(), "place=t-%d&body=kettle", i)), 204);
	}
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM draft"), 100);
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM draft WHERE place IN ('t-1', 't-2', 't-3')"), 0);
	int status = 200;
	for (int i = 0; i < 52; i++) status = post_as(w, WHO_ASKER, "/settings/tokens", S("label=one+more"));
	assert_int_equal(status, 409);
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM api_token WHERE label = 'one more'"), 50);
}
TEST(objects_of_ones_own_are_bounded) { test_worlds(bounded); }
