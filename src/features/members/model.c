// SPDX-License-Identifier: AGPL-3.0-or-later
#include "members.h"

#include "base/utf8.h"
#include "lookalike.h"
#include "text/fold.h"

#include <string.h>

#define HANDLE_NUMBER_CHARS 12 // "-4294967295"
#define HANDLE_TRIES 16        // "name-2" … before a random number is taken
#define EMAIL_LOCAL_MAX_BYTES 64

Str members_key(Arena *a, Str text) { return text_fold(a, str_trim(text)); }

static bool handle_char(uint32_t c) { return c == '_' || c == '-' || text_is_letter(c) || text_is_digit(c); }

// The message key of what is wrong with a handle, NULL if nothing is.
static const char *handle_fault(Str handle)
{
	if (utf8_count(handle) < HANDLE_MIN_CHARS) return "error.handle_short";
	if (handle.n > HANDLE_MAX_BYTES || utf8_count(handle) > HANDLE_MAX_CHARS) return "error.handle_long";
	for (const char *p = handle.p, *end = p + handle.n; p < end;)
		if (!handle_char(utf8_next(&p, end))) return "error.handle_invalid";
	return handle.p[0] == '-' ? "error.handle_invalid" : NULL;
}

// Only what can be told without sending: one @ with something on both sides, no white space or control characters.
static bool email_plausible(Str email)
{
	Str local, domain = str_cut(email, '@', &local);
	size_t at;
	if (email.n > EMAIL_MAX_BYTES || !local.n || local.n > EMAIL_LOCAL_MAX_BYTES || !domain.n) return false;
	if (str_find_char(domain, '@', &at) || domain.p[0] == '.' || domain.p[domain.n - 1] == '.') return false;
	for (size_t i = 0; i < email.n; i++)
		if ((unsigned char)email.p[i] <= ' ' || email.p[i] == 0x7f || strchr("<>()[]\\,;:\"", email.p[i])) return false;
	return true;
}

Status members_prepare(Ctx *cx, MemberNew *member)
{
	size_t before = cx->field_errors_n;
	member->handle = str_trim(member->handle);
	const char *fault = utf8_valid(member->handle) ? handle_fault(member->handle) : "error.handle_invalid";
	if (fault) field_error(cx, "handle", fault);
	member->email = str_trim(member->email);
	if (!member->email.n) member->email = str_none();
	else if (!utf8_valid(member->email) || !email_plausible(member->email)) field_error(cx, "email", "error.email");
	if (member->password.p && member->password.n < PASSWORD_MIN_BYTES)
		field_error(cx, "password", "error.password_short");
	if (member->password.n > PASSWORD_MAX_BYTES) field_error(cx, "password", "error.password_long");
	if (cx->field_errors_n > before) return fail(cx, ST_INVALID, "this member cannot be made as described");
	member->handle_key = members_key(cx->arena, member->handle);
	if (!member->handle_key.n) {
		field_error(cx, "handle", "error.handle_invalid");
		return fail(cx, ST_INVALID, "the handle has no visible characters");
	}
	// What is imported was let in elsewhere.
	if (!member->origin_id.p && lookalike_mixed(member->handle_key)) {
		field_error(cx, "handle", "error.handle_mixed");
		return fail(cx, ST_INVALID, "the handle mixes alphabets");
	}
	member->email_key = member->email.p ? members_key(cx->arena, member->email) : str_none();
	return member->password.p ? members_hash_password(cx, member->password, &member->password_hash) : ST_OK;
}

static Status refuse_taken(Ctx *cx, Tx *tx, const MemberNew *member)
{
	MemberListTakenRows rows;
	TRY(member_list_taken(cx, tx_db(tx),
						  &(MemberListTakenArgs){.handle_key = member->handle_key, .email_key = member->email_key},
						  &rows));
	if (!rows.n) return ST_OK;
	bool handle = false, email = false;
	for (size_t i = 0; i < rows.n; i++) {
		handle |= str_eq(rows.v[i].handle_key, member->handle_key);
		email |= member->email_key.p && str_eq(rows.v[i].email_key, member->email_key);
	}
	if (handle) field_error(cx, "handle", "error.handle_taken");
	if (email) field_error(cx, "email", "error.email_taken");
	return fail(cx, ST_CONFLICT, "the %s %.*s is taken", handle ? "handle" : "address of", STR(member->handle));
}

// Somebody with such a name might be taken for somebody who is here.
static Status refuse_lookalike(Ctx *cx, Tx *tx, const MemberNew *member)
{
	Str keys[LOOKALIKES_MAX];
	size_t n = member->origin_id.p ? 0 : lookalike_keys(cx->arena, member->handle_key, keys);
	for (size_t i = 0; i < n; i++) {
		MemberListTakenRows rows;
		TRY(member_list_taken(cx, tx_db(tx), &(MemberListTakenArgs){.handle_key = keys[i]}, &rows));
		if (!rows.n) continue;
		field_error(cx, "handle", "error.handle_taken");
		return fail(cx, ST_CONFLICT, "the handle %.*s looks like another", STR(member->handle));
	}
	return ST_OK;
}

static Str fact_origin_of(Ctx *cx, const MemberNew *member)
{
	if (!member->origin_id.p) return str_none();
	return str_format(cx->arena, "%.*s/member/%.*s", STR(member->origin_channel), STR(member->origin_id));
}

static Status insert_member(Ctx *cx, Tx *tx, const MemberNew *member, Id id, Time joined_at)
{
	return member_insert(cx, tx,
						 &(MemberInsertArgs){
							 .id = id,
							 .handle = member->handle,
							 .handle_key = member->handle_key,
							 .display_name = member->display_name,
							 .email = member->email,
							 .email_key = member->email_key,
							 .password_hash = member->password_hash,
							 .role = member->role,
							 .affiliation = member->affiliation,
							 .joined_at = joined_at,
							 .location = member->location,
							 .website = member->website,
							 .about_html = member->about_html,
							 .reputation = member->reputation,
							 .origin_channel = member->origin_channel,
							 .origin_id = member->origin_id,
							 .origin_url = member->origin_url,
						 });
}

Status members_create(Ctx *cx, Tx *tx, const MemberNew *member, Id *ret_id)
{
	BUG_IF(!member->handle_key.p); // members_prepare was not called
	if (member->origin_id.p) {
		MemberFindByOriginRow row;
		bool found;
		TRY(member_find_by_origin(
			cx, tx_db(tx),
			&(MemberFindByOriginArgs){.origin_channel = member->origin_channel, .origin_id = member->origin_id}, &row,
			&found));
		if (found) return *ret_id = row.id, ST_OK;
	}
	TRY(refuse_taken(cx, tx, member));
	TRY(refuse_lookalike(cx, tx, member));
	Id id = ctx_id(cx);
	Time joined_at = member->joined_at ? member->joined_at : cx->now_ms;
	TRY(insert_member(cx, tx, member, id, joined_at));
	TRY(fact_append(cx, tx,
					&(Fact){.at_ms = joined_at,
							.kind = FACT_JOINED,
							.actor_id = id,
							.subject_type = SUBJECT_MEMBER,
							.subject_id = id,
							.target_id = id,
							.value = 1,
							.origin = fact_origin_of(cx, member)}));
	*ret_id = id;
	return ST_OK;
}

// "Jon Skeet (away)" -> "Jon-Skeet-away"; always passes handle_fault and leaves room for a number.
static Str handle_from(Arena *a, Str wanted)
{
	const size_t max = HANDLE_MAX_BYTES - HANDLE_NUMBER_CHARS;
	size_t chars = 0;
	Buf b = buf_init(a, HANDLE_MAX_BYTES, HANDLE_MAX_BYTES);
	wanted = utf8_repair(a, wanted);
	for (const char *p = wanted.p, *end = p + wanted.n; p < end && chars < HANDLE_MAX_CHARS - HANDLE_NUMBER_CHARS;
		 chars++) {
		const char *from = p;
		uint32_t c = utf8_next(&p, end);
		bool keep = handle_char(c) && c != '-' && c != 0xfffd;
		if (b.n + (keep ? (size_t)(p - from) : 1) > max) break;
		if (keep) buf_mem(&b, from, (size_t)(p - from));
		else if (b.n && b.p[b.n - 1] != '-') buf_char(&b, '-');
	}
	while (b.n && b.p[b.n - 1] == '-') b.n--;
	Str made = buf_view(&b);
	if (!text_fold(a, made).n) return S("member");
	return utf8_count(made) < HANDLE_MIN_CHARS ? str_format(a, "member-%.*s", STR(made)) : made;
}

static Status handle_free(Ctx *cx, Db *db, Str handle, bool *ret_free)
{
	MemberListTakenRows rows;
	TRY(member_list_taken(cx, db, &(MemberListTakenArgs){.handle_key = members_key(cx->arena, handle)}, &rows));
	*ret_free = rows.n == 0;
	return ST_OK;
}

Status members_free_handle(Ctx *cx, Db *db, Str wanted, Str *ret_handle)
{
	Str base = handle_from(cx->arena, wanted), handle = base;
	bool is_free = false;
	TRY(handle_free(cx, db, handle, &is_free));
	for (int i = 2; !is_free && i < 2 * HANDLE_TRIES; i++) {
		uint32_t number = (uint32_t)i;
		if (i > HANDLE_TRIES) cx->rng->fill(cx->rng->self, &number, sizeof number);
		handle = str_format(cx->arena, "%.*s-%u", STR(base), number);
		TRY(handle_free(cx, db, handle, &is_free));
	}
	if (!is_free) return fail(cx, ST_CONFLICT, "no free handle near %.*s", STR(base));
	*ret_handle = handle;
	return ST_OK;
}

Status members_put_standing(Ctx *cx, Tx *tx, const MemberStanding *s)
{
	return member_put_standing(cx, tx,
							   &(MemberPutStandingArgs){.id = s->id,
														.standing = s->points,
														.place = s->place,
														.place_to = s->place_to,
														.rank_name = s->rank,
														.rank_level = s->level,
														.area = s->area,
														.areas = s->areas,
														.grants = s->grants.rights,
														.grants_area = s->grants.in_areas,
														.votes_a_day = s->grants.votes_a_day,
														.given_n = s->given,
														.solved_n = s->solved,
														.kept_n = s->kept});
}
