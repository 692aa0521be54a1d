// SPDX-License-Identifier: AGPL-3.0-or-later
// Every route of the program as each kind of visitor: who gets to the handler, and what refuses all others. The handlers are
// exchanged for one that counts, so that nothing but the way there is looked at; what a handler looks at itself is the
// business of object_test.c. A route that is added is in the matrix by its row alone; what it is open to has to be written
// down here only where guests may write.
#include "app/access_testkit.h"
#include "community/model_testkit.h"

#include "test.h"

#define R RIGHT_READ
#define W (RIGHT_READ | RIGHT_SIGNED_IN | RIGHT_WRITE)
#define H (W | RIGHT_CURATE | RIGHT_MARK | RIGHT_RETAG)
#define M (H | RIGHT_MODERATE | RIGHT_STEWARD)

// What each may at most get to; beside it what a personal token gives, on the API only.
static const unsigned MAY[WHO_N] = {
	[WHO_GUEST] = R,
	[WHO_NEWCOMER] = W,
	[WHO_MEMBER] = W,
	[WHO_ASKER] = W,
	[WHO_SUPERUSER] = W,
	[WHO_RESTING] = W,
	[WHO_HELPER] = H,
	[WHO_STEWARD] = W | RIGHT_MARK | RIGHT_RETAG | RIGHT_STEWARD,
	[WHO_EMPLOYEE] = W,
	[WHO_MODERATOR] = M,
	[WHO_MANAGER] = M | RIGHT_MANAGE,
	[WHO_ADMIN] = M | RIGHT_MANAGE | RIGHT_ADMIN,
	[WHO_TOKEN] = W,
	[WHO_MANAGER_TOKEN] = M | RIGHT_MANAGE,
	[WHO_GONE] = R,
	[WHO_GONE_TOKEN] = 0,
	[WHO_EXPIRED] = R,
};

// Whoever has no account may send these, and nothing else.
static const char *const OPEN_TO_GUESTS[] = {"/sign-in", "/sign-up", "/theme", "/t/{topic:id}/solved-me",
											 "/ask/solved/{topic:id}"};

static struct {
	Route *rows;
	size_t n;
	int reached; // since the last question
	Id by;       // whom the handler saw
} probe;

static Status reached_page(Ctx *cx, const Req *req, Res *res)
{
	(void)req;
	probe.reached++;
	probe.by = cx->actor->id;
	buf_str(&res->body, S("reached"));
	return ST_OK;
}

static Status reached_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)tx;
	return reached_page(cx, req, res);
}

// The rows with other handlers, and with nothing that has to be filled in.
static Feature probed_feature(void)
{
	size_t features_n;
	const Feature *const *features = app_feature_list(&features_n);
	Router *r = router_new(test_arena(), features, features_n);
	probe.n = router_count(r);
	probe.rows = ARENA_NEW(test_arena(), Route, probe.n);
	for (size_t i = 0; i < probe.n; i++) {
		Route *row = &probe.rows[i];
		*row = *router_at(r, i);
		FormField *fields = ARENA_NEW(test_arena(), FormField, row->form.n + 1);
		for (size_t k = 0; k < row->form.n; k++) {
			fields[k] = row->form.v[k];
			fields[k].needed = false;
			fields[k].min = fields[k].type == FIELD_INT ? fields[k].min : 0;
		}
		row->form.v = fields;
		if (row->page) row->page = reached_page;
		if (row->action) row->action = reached_action;
		row->prepare = NULL;
		row->failed = NULL;
	}
	return (Feature){.name = "probed", .routes = probe.rows, .routes_n = probe.n};
}

static void open_probed(World *w)
{
	Feature *feature = ARENA_NEW(test_arena(), Feature, 1);
	const Feature **list = ARENA_NEW(test_arena(), const Feature *, 1);
	*feature = probed_feature();
	list[0] = feature;
	world_open(w, list, 1, 0);
}

// An address of the row: any id, any word.
static Str target_of(const Route *row)
{
	Buf b = buf_init(test_arena(), 64, 256);
	for (const char *p = row->path; *p; p++) {
		if (*p != '{') {
			buf_char(&b, *p);
			continue;
		}
		buf_str(&b, S("4k2"));
		while (*p != '}') p++;
	}
	return buf_view(&b);
}

static bool is_api(const Route *row) { return row->flags & ROUTE_API; }
static bool is_note(const Route *row) { return row->method == HTTP_POST && row->page; }
static bool is_guest_form(const Route *row) { return row->flags & ROUTE_GUEST_FORM; }

static bool listed(const Route *row, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(row->path, v[i])) return true;
	return false;
}

static Asking asking(World *w, const Route *row, Who who)
{
	Asking q = {.as = &w->who[who], .method = row->method, .target = target_of(row)};
	if (row->method == HTTP_GET) return q;
	q.origin = WORLD_ORIGIN;
	q.type = is_api(row) ? WORLD_JSON : WORLD_URLENCODED;
	q.body = is_api(row) ? S("{}") : S("x=1");
	if (q.as->session.n) q.csrf = world_csrf(w, q.as);
	return q;
}

static int ask(World *w, const Asking *q, Str *ret_location)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	probe.reached = 0;
	probe.by = -1;
	const HttpReply *reply = world_ask(w, a, q);
	if (ret_location) *ret_location = str_copy(test_arena(), world_header(reply, "Location"));
	return reply->status;
}

// --- the matrix -------------------------------------------------------------------------------------------------------------

// Who is nobody on this route: a token is read on the API only.
static bool nobody(const World *w, const Route *row, Who who)
{
	return MAY[who] == R || (w->who[who].token.n && !is_api(row));
}

static bool may_reach(const World *w, const Route *row, Who who)
{
	if (row->flags & ROUTE_DEMO || is_note(row)) return false; // no demo site; no page was served with a mark
	if (nobody(w, row, who)) return row->right & R || is_guest_form(row);
	return MAY[who] & row->right;
}

static void check_cell(World *w, const Route *row, Who who)
{
	Str location;
	Asking q = asking(w, row, who);
	int status = ask(w, &q, &location);
	bool may = may_reach(w, row, who), guest = nobody(w, row, who);
	if (may != (probe.reached > 0))
		fail_msg("%s as %s: %s, %d", row->path, w->who[who].name, may ? "not let in" : "let in", status);
	if (may) {
		assert_int_equal(probe.by, guest ? 0 : w->who[who].member);
		return;
	}
	if (row->flags & ROUTE_DEMO) assert_int_equal(status, 404);
	else if (is_note(row)) assert_int_equal(status, 400); // there is no mark
	else if (!guest && MAY[who]) assert_int_equal(status, 403);
	else if (is_api(row)) assert_int_equal(status, 401);
	else {
		assert_int_equal(status, 303);
		assert_true(str_starts(location, S("/sign-in?next=")));
	}
}

static void matrix(World *w)
{
	open_probed(w);
	for (size_t i = 0; i < probe.n; i++)
		for (Who who = 0; who < WHO_N; who++) check_cell(w, &probe.rows[i], who);
}
TEST(access_every_route_lets_in_whom_its_row_says) { test_worlds(matrix); }

// --- forged forms -----------------------------------------------------------------------------------------------------------

static void refused(World *w, const Route *row, Asking q, const char *how, int want)
{
	int status = ask(w, &q, NULL);
	if (probe.reached || status != want)
		fail_msg("%s as %s, %s: %d instead of %d%s", row->path, q.as->name, how, status, want,
				 probe.reached ? ", and it was done" : "");
}

static void forged_by_member(World *w, const Route *row, Who who)
{
	Asking good = asking(w, row, who), q = good;
	q.csrf = str_none();
	refused(w, row, q, "without the form's token", 403);
	q.csrf = world_csrf(w, &w->who[who == WHO_ASKER ? WHO_MEMBER : WHO_ASKER]);
	refused(w, row, q, "with somebody else's token", 403);
	q = good;
	q.origin = "http://elsewhere.example";
	refused(w, row, q, "from another origin", 403);
	q.origin = "null";
	refused(w, row, q, "from an opaque origin", 403);
	q = good;
	q.fetch_site = "cross-site";
	refused(w, row, q, "from another site", 403);
	q.fetch_site = "same-site";
	refused(w, row, q, "from a neighbour of the site", 403);
	static const char *const TYPES[] = {"text/plain", "multipart/form-data; boundary=x", "text/html", NULL};
	for (size_t i = 0; i < COUNTOF(TYPES); i++) {
		q = good;
		q.type = TYPES[i];
		refused(w, row, q, "as another type", 400);
	}
	q = good;
	q.type = is_api(row) ? WORLD_URLENCODED : WORLD_JSON;
	refused(w, row, q, "as the type of the other kind of route", 400);
	q.as = &(Visitor){.name = "session and token", .session = good.as->session, .token = S("x")};
	q.type = good.type;
	if (is_api(row)) refused(w, row, q, "with a token that is not known", 401);
}

static void forged_by_guest(World *w, const Route *row)
{
	Asking good = asking(w, row, WHO_GUEST), q = good;
	q.origin = NULL;
	refused(w, row, q, "without an origin", 403);
	q.origin = "http://town.example.elsewhere.example";
	refused(w, row, q, "from another origin", 403);
	q = good;
	q.fetch_site = "cross-site";
	refused(w, row, q, "from another site", 403);
	q = good;
	q.type = "text/plain";
	refused(w, row, q, "as another type", 400);
}

// Whoever may do it at all, the least and the most.
static void forgeries(World *w)
{
	static const Who TRIED[] = {WHO_MEMBER, WHO_ASKER, WHO_HELPER, WHO_MODERATOR, WHO_MANAGER};
	size_t tried = 0;
	open_probed(w);
	for (size_t i = 0; i < probe.n; i++) {
		const Route *row = &probe.rows[i];
		if (row->method != HTTP_POST || row->flags & ROUTE_DEMO || is_note(row)) continue;
		for (size_t k = 0; k < COUNTOF(TRIED); k++)
			if (may_reach(w, row, TRIED[k])) forged_by_member(w, row, TRIED[k]), tried++;
		if (may_reach(w, row, WHO_GUEST)) forged_by_guest(w, row), tried++;
	}
	assert_true(tried > 100);
}
TEST(access_forged_forms_are_refused_on_every_route) { test_worlds(forgeries); }

// A token of a form is the session's: not another's of the same member, and not of one that has ended.
static void tokens_of_forms(World *w)
{
	open_probed(w);
	const Route *row = NULL;
	for (size_t i = 0; i < probe.n; i++)
		if (!strcmp(probe.rows[i].path, "/drafts")) row = &probe.rows[i];
	assert_non_null(row);
	Visitor again = w->who[WHO_MEMBER];
	again.session = town_session(w->t, again.member, ROLE_MEMBER);
	Asking q = asking(w, row, WHO_MEMBER);
	q.as = &again;
	refused(w, row, q, "with the token of another session", 403);
	q.csrf = world_csrf(w, &again);
	assert_int_equal(ask(w, &q, NULL), 200);
	q.csrf = str_sub(q.csrf, 0, q.csrf.n - 2);
	refused(w, row, q, "with a token cut off", 403);
	q.csrf = S("");
	refused(w, row, q, "with an empty token", 403);
}
TEST(access_a_form_belongs_to_one_session) { test_worlds(tokens_of_forms); }

// --- what the rows promise ---------------------------------------------------------------------------------------------------

// Done rarely and for nobody's cost but one's own, or by the staff alone.
static const char *const WITHOUT_LIMIT[] = {"/sign-out", "/settings/tokens/{token:id}/delete"};

static int complain(const Route *row, const char *what)
{
	print_message("# %s %s\n", row->path, what);
	return 1;
}

static int promises_of(const Route *row)
{
	int bad = 0;
	bool writes = row->method == HTTP_POST, for_staff = !(row->right & W);
	if (row->right & (row->right - 1)) bad += complain(row, "asks for one of several rights");
	if (!row->right) bad += complain(row, "asks for no right");
	if (writes && row->right & R && !is_guest_form(row)) bad += complain(row, "is a form that guests could send");
	if (is_guest_form(row) && !(row->flags & ROUTE_DEMO) && !listed(row, OPEN_TO_GUESTS, COUNTOF(OPEN_TO_GUESTS)))
		bad += complain(row, "is open to guests and not in the list of those");
	if (row->flags & ROUTE_CACHED && !(row->right & R)) bad += complain(row, "is kept for guests who may not see it");
	if (row->flags & ROUTE_CACHED && writes) bad += complain(row, "is kept and writes");
	if (is_api(row) != !strncmp(row->path, "/api/", 5)) bad += complain(row, "is half of the API");
	if (writes && !for_staff && !row->limit && !(row->flags & ROUTE_DEMO) &&
		!listed(row, WITHOUT_LIMIT, COUNTOF(WITHOUT_LIMIT)))
		bad += complain(row, "may be sent by anybody without a limit");
	return bad;
}

TEST(access_rows_keep_what_they_promise)
{
	static const struct {
		const char *path;
		HttpMethod method;
		LimitClass limit;
	} LIMITS[] = {{"/sign-in", HTTP_POST, LIMIT_SIGN_IN},           {"/sign-up", HTTP_POST, LIMIT_SIGN_IN},
				  {"/settings/password", HTTP_POST, LIMIT_SIGN_IN}, {"/search", HTTP_GET, LIMIT_SEARCH},
				  {"/api/v1/search", HTTP_GET, LIMIT_SEARCH},       {"/ask/similar", HTTP_GET, LIMIT_SEARCH},
				  {"/ask/similar", HTTP_POST, LIMIT_SEARCH},        {"/api/v1/topics/similar", HTTP_GET, LIMIT_SEARCH},
				  {"/preview", HTTP_POST, LIMIT_PREVIEW},           {"/drafts", HTTP_POST, LIMIT_PREVIEW}};
	int bad = 0;
	probed_feature();
	for (size_t i = 0; i < probe.n; i++) bad += promises_of(&probe.rows[i]);
	for (size_t k = 0; k < COUNTOF(LIMITS); k++) {
		bool found = false;
		for (size_t i = 0; i < probe.n; i++)
			found |= !strcmp(probe.rows[i].path, LIMITS[k].path) && probe.rows[i].method == LIMITS[k].method &&
					 probe.rows[i].limit == LIMITS[k].limit;
		if (!found) bad++, print_message("# %s has not its limit\n", LIMITS[k].path);
	}
	assert_int_equal(bad, 0);
}
