// SPDX-License-Identifier: AGPL-3.0-or-later
// Users and their badges. What a user wrote about himself is sanitised; a name that is taken gets a number.
#include "stackexchange/import_impl.h"

#include "base/json.h"

#define LOCATION_MAX_BYTES 200
#define WEBSITE_MAX_BYTES 500
#define JSON_MAX_BYTES ((size_t)8 << 10)

typedef struct UserRow {
	int64_t source, reputation;
	Id id;
	Time joined_at;
	Str name, location, website, about_html, url;
} UserRow;

static Status figure_write(Ctx *cx, Tx *tx, const SeImport *im, const UserRow *u)
{
	TRY(external_figure_put(cx, tx,
							&(ExternalFigurePutArgs){.member_id = u->id,
													 .source = im->host,
													 .name = S("reputation"),
													 .value = u->reputation,
													 .at_ms = im->as_of}));
	return fact_append(cx, tx,
					   &(Fact){.at_ms = im->as_of,
							   .kind = FACT_PUBLISHED_FIGURE,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = u->id,
							   .target_id = u->id,
							   .value = u->reputation,
							   .origin = se_origin(cx->arena, "reputation", u->source)});
}

static Status user_write(Ctx *cx, Tx *tx, const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const UserRow *u = row;
	MemberInsertArgs m = {.id = u->id,
						  .display_name = u->name,
						  .role = ROLE_MEMBER,
						  .affiliation = AFFILIATION_UNKNOWN,
						  .joined_at = u->joined_at,
						  .location = u->location,
						  .website = u->website,
						  .about_html = u->about_html,
						  .reputation = u->reputation,
						  .origin_channel = SE_CHANNEL,
						  .origin_id = se_number(cx->arena, u->source),
						  .origin_url = u->url};
	TRY(members_free_handle(cx, tx_db(tx), u->name, &m.handle));
	m.handle_key = members_key(cx->arena, m.handle);
	TRY(member_insert(cx, tx, &m));
	TRY(fact_append(cx, tx,
					&(Fact){.at_ms = u->joined_at,
							.kind = FACT_JOINED,
							.actor_id = u->id,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = u->id,
							.target_id = u->id,
							.value = 1,
							.origin = se_origin(cx->arena, "member", u->source)}));
	*ret_outcome = SE_IMPORTED;
	return figure_write(cx, tx, im, u);
}

static Str website_of(Arena *a, Str typed)
{
	typed = str_trim(typed);
	bool web = str_starts(typed, S("https://")) || str_starts(typed, S("http://"));
	return web && typed.n <= WEBSITE_MAX_BYTES ? str_copy(a, typed) : str_none();
}

static Str location_of(Arena *a, Str typed)
{
	typed = utf8_cut(str_trim(typed), LOCATION_MAX_BYTES);
	return typed.n ? str_copy(a, typed) : str_none();
}

// Accounts without a name are called so at the source, too.
static Str name_of(Arena *a, const SeUser *user)
{
	bool named = str_trim(user->display_name).n > 0;
	return named ? str_copy(a, user->display_name) : str_format(a, "user%lld", (long long)user->id);
}

Status se_on_user(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SeUser *user = &row->user;
	SePerson *person = se_map_find(&im->people, user->id);
	BUG_IF(!person); // surveyed from the same open file
	if (person->id) return se_skip(im, SE_USERS, SE_UNCHANGED);
	Arena *a = se_arena(im);
	Str url = str_format(a, "https://%.*s/users/%lld", STR(im->host), (long long)user->id), about = str_none();
	bool ok = false;
	if (user->about_html.n) TRY(se_sanitize(im, user->about_html, url, &about, &ok));
	UserRow *u = ARENA_NEW(a, UserRow, 1);
	*u = (UserRow){.source = user->id,
				   .id = ctx_id(im->cx),
				   .reputation = user->reputation,
				   .joined_at = user->created_at,
				   .name = name_of(a, user),
				   .location = location_of(a, user->location),
				   .website = website_of(a, user->website),
				   .about_html = ok && about.n ? str_copy(a, about) : str_none(),
				   .url = url};
	person->id = u->id;
	return se_add(im, SE_USERS, user_write, u);
}

typedef struct BadgeRow {
	int64_t source, level;
	Id id, member_id;
	Time at;
	Str name;
} BadgeRow;

static Status badge_write(Ctx *cx, Tx *tx, UNUSED const SeImport *im, const void *row, SeOutcome *ret_outcome)
{
	const BadgeRow *r = row;
	int64_t changed = 0;
	Str origin = se_origin(cx->arena, "badge", r->source);
	TRY(badge_insert(cx, tx,
					 &(BadgeInsertArgs){.id = r->id,
										.member_id = r->member_id,
										.name = r->name,
										.level = r->level,
										.at_ms = r->at,
										.origin_id = origin},
					 &changed));
	*ret_outcome = changed ? SE_IMPORTED : SE_UNCHANGED;
	if (!changed) return ST_OK;
	Buf data = buf_init(cx->arena, 64, JSON_MAX_BYTES);
	Json j = json_init(&data);
	json_obj(&j);
	json_key(&j, "badge");
	json_str(&j, r->name);
	json_end(&j);
	TRY(buf_status(cx, &data));
	return fact_append(cx, tx,
					   &(Fact){.at_ms = r->at,
							   .kind = FACT_BADGE_EARNED,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = r->member_id,
							   .target_id = r->member_id,
							   .value = r->level,
							   .origin = origin,
							   .data = buf_view(&data)});
}

Status se_on_badge(void *arg, const SeRow *row)
{
	SeImport *im = arg;
	const SeBadge *badge = &row->badge;
	Id member_id = se_person(im, badge->user_id);
	if (!member_id) return se_skip(im, SE_BADGES, SE_SKIPPED_NO_MEMBER);
	BadgeRow *r = ARENA_NEW(se_arena(im), BadgeRow, 1);
	*r = (BadgeRow){.source = badge->id,
					.level = badge->level,
					.id = ctx_id(im->cx),
					.member_id = member_id,
					.at = badge->at_ms,
					.name = str_copy(se_arena(im), badge->name)};
	return se_add(im, SE_BADGES, badge_write, r);
}
