// SPDX-License-Identifier: AGPL-3.0-or-later
#include "members/pages.h"
#include "members/view.h"
#include "members/web.h"
#include "members_html.h"

#include "web/i18n.h"

#define TOKENS_MAX 50

static const FormField NEXT_FORM[] = {LINE("next", 0, 2000, "error.value")};

static const FormField SIGN_IN_FORM[] = {
	LINE("handle", 1, EMAIL_MAX_BYTES, "error.handle"),
	SECRET("password", 1, PASSWORD_MAX_BYTES, "error.password"),
	LINE("next", 0, 2000, "error.value"),
};

static const FormField SIGN_UP_FORM[] = {
	LINE("handle", 1, HANDLE_MAX_BYTES, "error.handle"),
	LINE("email", 0, EMAIL_MAX_BYTES, "error.email"),
	SECRET("password", 1, PASSWORD_MAX_BYTES, "error.password"),
	LINE("next", 0, 2000, "error.value"),
};

static const FormField THEME_FORM[] = {LINE("theme", 1, 10, "error.value"), LINE("next", 0, 2000, "error.value")};
static const FormField BOARD_FORM[] = {LINE("after", 0, 40, "error.value")};
static const FormField TOKEN_FORM[] = {LINE("label", 1, 80, "error.label")};
static const FormField BOARDS_FORM[] = {FLAG("off")};
static const FormField PASSWORD_FORM[] = {
	SECRET("current", 1, PASSWORD_MAX_BYTES, "error.password_wrong"),
	SECRET("password", PASSWORD_MIN_BYTES, PASSWORD_MAX_BYTES, "error.password"),
	FLAG("tokens"),
};
static const FormField DONE_FORM[] = {LINE("done", 0, 20, "error.value")};

// --- settings ---------------------------------------------------------------------------------------------------------

static bool is_route_of(const Req *req, const FormField *form) { return req->route->form.v == form; }

// What is read is told by the address that a form leads to; of a form that comes back, what was typed.
static void settings_read(const Req *req, SettingsView *v)
{
	Str done = is_route_of(req, DONE_FORM) ? req_str(req, "done") : S("");
	v->tokens_ended = str_eq(done, S("tokens"));
	v->password_changed = v->tokens_ended || str_eq(done, S("password"));
	v->end_tokens = !is_route_of(req, PASSWORD_FORM) || req_int(req, "tokens");
}

static Status settings_draw(Ctx *cx, const Req *req, Res *res, Str fresh_token)
{
	SettingsView v = {.fresh_token = fresh_token};
	settings_read(req, &v);
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("shell.settings"));
	v.shell.noindex = true;
	v.label_error = form_error(cx, "label");
	v.password_error = form_error(cx, "password").n ? form_error(cx, "password") : form_error(cx, "current");
	ApiTokenListRows rows;
	MemberGetRow own;
	TRY(member_get(cx, req->db, &(MemberGetArgs){.id = cx->actor->id}, &own));
	v.board_off = own.board_off;
	TRY(api_token_list(cx, req->db, &(ApiTokenListArgs){.member_id = cx->actor->id, .limit = TOKENS_MAX}, &rows));
	v.tokens = (TokenRows){.v = ARENA_NEW(cx->arena, TokenRow, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v.tokens.v[i] = (TokenRow){.id = rows.v[i].id, .label = rows.v[i].label, .created_at = rows.v[i].created_at};
	html_members_settings(&res->body, &v);
	return ST_OK;
}

static Status settings_page(Ctx *cx, const Req *req, Res *res) { return settings_draw(cx, req, res, str_none()); }

static Status token_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Str token;
	ApiTokenListRows rows;
	TRY(api_token_list(cx, tx_db(tx), &(ApiTokenListArgs){.member_id = cx->actor->id, .limit = TOKENS_MAX}, &rows));
	if (rows.n >= TOKENS_MAX) { // one that the page does not show could not be deleted
		field_error(cx, "label", "error.tokens_many");
		return fail(cx, ST_CONFLICT, "there are %d tokens", TOKENS_MAX);
	}
	TRY(members_token_create(cx, tx, cx->actor->id, req_str(req, "label"), &token));
	Req again = *req;
	again.db = tx_db(tx);
	res->no_store = true;
	return settings_draw(cx, &again, res, token);
}

static Status token_delete_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	int64_t n;
	TRY(api_token_delete(cx, tx, &(ApiTokenDeleteArgs){.member_id = cx->actor->id, .id = req_id(req, "token")}, &n));
	if (!n) return fail(cx, ST_NOT_FOUND, "no such token");
	return res_redirect(res, S("/settings"));
}

static Status boards_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(member_set_board_off(cx, tx,
							 &(MemberSetBoardOffArgs){.id = cx->actor->id, .board_off = req_int(req, "off") != 0}));
	return res_redirect(res, S("/settings#boards"));
}

static Status password_prepare(Ctx *cx, Req *req)
{
	Actor actor;
	bool ok = false;
	TRY(members_check_password(cx, req->db, cx->actor->handle, req_str(req, "current"), &actor, &ok));
	if (!ok) {
		field_error(cx, "current", "error.password_wrong");
		return fail(cx, ST_INVALID, "the current password is wrong");
	}
	PasswordChange *change = ARENA_NEW(cx->arena, PasswordChange, 1);
	*change = (PasswordChange){.member_id = cx->actor->id, .keep_tokens = !req_int(req, "tokens")};
	req->prepared = change;
	return members_hash_password(cx, req_str(req, "password"), &change->hash);
}

static Status password_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	PasswordChange *change = req->prepared;
	TRY(members_change_password(cx, tx, change));
	return sign_in_begin(cx, tx, req, res, cx->actor->id,
						 change->tokens_n ? S("/settings?done=tokens") : S("/settings?done=password"));
}

// --- theme ------------------------------------------------------------------------------------------------------------

static Status theme_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)tx;
	Str theme = req_str(req, "theme");
	bool known = str_eq(theme, S("dark")) || str_eq(theme, S("light"));
	res_cookie(cx, res, S(THEME_COOKIE), known ? theme : S(""), known ? 365 * TIME_DAY_MS : 0, false);
	return res_redirect(res, sign_in_next(req));
}

// --- the board --------------------------------------------------------------------------------------------------------

static void board_after(Str cursor, int64_t *key, Id *id)
{
	Cursor c = cursor_of(cursor);
	int64_t given_key;
	Id given;
	if (!cursor.n || !cursor_int(&c, INT64_MIN, INT64_MAX, &given_key) || !cursor_take(&c, '.') ||
		!id_parse(cursor_rest(&c), &given))
		return;
	*key = given_key;
	*id = given;
}

static BoardRow board_row(Ctx *cx, const MemberListBoardRow *m)
{
	return (BoardRow){
		.handle = m->handle,
		.initials = avatar_initials(cx->arena, m->handle),
		.hue = avatar_hue(m->handle),
		.staff = m->affiliation == AFFILIATION_EMPLOYEE,
		.reputation = m->reputation,
		.answers_n = m->answers_n,
		.solutions_n = m->solutions_n,
		.kudos_n = m->kudos_n,
		.cred = {.handle = m->handle,
				 .rank = m->rank_name,
				 .level = m->rank_level,
				 .area = m->area,
				 .given = m->given_n,
				 .solved = m->solved_n,
				 .kept = m->kept_n},
		.joined_at = m->joined_at,
	};
}

static BoardRow placed_row(Ctx *cx, const MemberListPlacesRow *m)
{
	BoardRow r = board_row(cx, &(MemberListBoardRow){.handle = m->handle,
													 .affiliation = m->affiliation,
													 .reputation = m->reputation,
													 .kudos_n = m->kudos_n,
													 .joined_at = m->joined_at,
													 .rank_name = m->rank_name,
													 .rank_level = m->rank_level,
													 .area = m->area,
													 .given_n = m->given_n,
													 .solved_n = m->solved_n,
													 .kept_n = m->kept_n});
	r.points = (m->standing + 500) / 1000;
	r.place = m->place;
	r.place_to = m->place_to;
	return r;
}

// Room for the rows that a page shows of the n that were read; whether there are more.
static bool board_room(Ctx *cx, BoardView *v, size_t n)
{
	size_t shown = size_min(n, BOARD_PAGE_MEMBERS);
	v->rows = (BoardRows){.v = ARENA_NEW(cx->arena, BoardRow, shown), .n = shown};
	return n > shown;
}

// The next page begins behind this member.
static void board_older(Ctx *cx, BoardView *v, int64_t key, Id id)
{
	Buf b = buf_init(cx->arena, 64, 128);
	buf_format(&b, "/members?after=%lld.", (long long)key);
	buf_id(&b, id);
	v->older_url = buf_view(&b);
}

static Status read_places(Ctx *cx, Db *db, Str after, BoardView *v)
{
	MemberListPlacesRows rows;
	int64_t place = 0;
	Id id = 0;
	board_after(after, &place, &id);
	TRY(members_by_place(cx, db, place, id, BOARD_PAGE_MEMBERS + 1, &rows));
	bool more = board_room(cx, v, rows.n);
	for (size_t i = 0; i < v->rows.n; i++) v->rows.v[i] = placed_row(cx, &rows.v[i]);
	if (more) board_older(cx, v, rows.v[v->rows.n - 1].place, rows.v[v->rows.n - 1].id);
	return ST_OK;
}

static Status read_figures(Ctx *cx, Db *db, Str after, BoardView *v)
{
	MemberListBoardRows rows;
	int64_t figure = INT64_MAX;
	Id id = INT64_MAX;
	board_after(after, &figure, &id);
	TRY((v->published ? members_by_reputation : members_by_solutions)(cx, db, figure, id, BOARD_PAGE_MEMBERS + 1,
																	  &rows));
	bool more = board_room(cx, v, rows.n);
	for (size_t i = 0; i < v->rows.n; i++) v->rows.v[i] = board_row(cx, &rows.v[i]);
	if (!more) return ST_OK;
	const MemberListBoardRow *last = &rows.v[v->rows.n - 1];
	board_older(cx, v, v->published ? last->reputation : last->solutions_n, last->id);
	return ST_OK;
}

// By the places that reputation gave, while anybody has points (in an archive of old questions all have faded); else by what
// was published elsewhere, else by solutions.
static Status board_rows(Ctx *cx, Db *db, Str after, BoardView *v)
{
	MemberGetTopRow top;
	TRY(member_get_top(cx, db, &top));
	v->published = top.reputation > 0;
	v->placed = top.standing >= 500;
	return v->placed ? read_places(cx, db, after, v) : read_figures(cx, db, after, v);
}

static Status board_page(Ctx *cx, const Req *req, Res *res)
{
	BoardView v = {0};
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("board.title"));
	v.shell.nav = "members";
	v.shell.canonical = STR_CAT(cx->arena, web_base_url(cx, req), S("/members"));
	TRY(board_rows(cx, req->db, req_str(req, "after"), &v));
	v.shell.description = message_get(v.placed      ? S("board.lede_placed")
									  : v.published ? S("board.lede_published")
													: S("board.lede"));
	html_members_board(&res->body, &v);
	return ST_OK;
}

// clang-format off
const Route members_routes[] = {
	READ("/sign-in", RIGHT_READ, sign_in_page, .form = FORM(NEXT_FORM), .flags = ROUTE_NOINDEX, .doc = "Sign in"),
	READ("/sign-up", RIGHT_READ, sign_up_page, .form = FORM(NEXT_FORM), .flags = ROUTE_NOINDEX, .doc = "Make an account"),
	READ("/members", RIGHT_READ, board_page, .form = FORM(BOARD_FORM), .flags = ROUTE_CACHED, .doc = "Members by reputation"),
	READ("/settings", RIGHT_SIGNED_IN, settings_page, .form = FORM(DONE_FORM), .doc = "Your settings"),
	WRITE("/sign-in", RIGHT_READ, sign_in_prepare, sign_in_action, .failed = sign_in_failed, .form = FORM(SIGN_IN_FORM),
		.limit = LIMIT_SIGN_IN, .flags = ROUTE_GUEST_FORM, .doc = "Sign in"),
	WRITE("/sign-up", RIGHT_READ, sign_up_prepare, sign_up_action, .failed = sign_up_page, .form = FORM(SIGN_UP_FORM),
		.limit = LIMIT_SIGN_IN, .flags = ROUTE_GUEST_FORM, .doc = "Make an account"),
	WRITE("/sign-out", RIGHT_SIGNED_IN, NULL, sign_out_action, .doc = "Sign out"),
	WRITE("/theme", RIGHT_READ, NULL, theme_action, .form = FORM(THEME_FORM), .limit = LIMIT_WRITE, .flags = ROUTE_GUEST_FORM, .doc = "Choose light or dark"),
	WRITE("/settings/tokens", RIGHT_SIGNED_IN, NULL, token_action, .failed = settings_page, .form = FORM(TOKEN_FORM),
		.limit = LIMIT_WRITE, .doc = "Make a personal token"),
	WRITE("/settings/tokens/{token:id}/delete", RIGHT_SIGNED_IN, NULL, token_delete_action, .doc = "Delete a personal token"),
	WRITE("/settings/boards", RIGHT_SIGNED_IN, NULL, boards_action, .form = FORM(BOARDS_FORM), .limit = LIMIT_WRITE,
		.doc = "Be on public boards, or not"),
	WRITE("/settings/password", RIGHT_SIGNED_IN, password_prepare, password_action, .failed = settings_page,
		.form = FORM(PASSWORD_FORM), .limit = LIMIT_SIGN_IN, .doc = "Change one's password"),
};
// clang-format on
const size_t members_routes_n = COUNTOF(members_routes);
