// SPDX-License-Identifier: AGPL-3.0-or-later
#include "members.h"

#include "base/utf8.h"
#include "core/job.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32
#define HASH_MEMORY_BYTES ((size_t)19 << 20)
#define HASH_PASSES 2
#define HASHERS_MAX 2 // 19 MiB and a core each
#define HASH_QUEUE_MAX 32
#define LABEL_MAX_BYTES 80

#define GRANTS_OF(row)                                                                                                 \
	((Grants){(unsigned)(row).grants, (unsigned)(row).grants_area, (int)(row).votes_a_day, (row).areas})

// Verified when the member is unknown, so that the answer takes the same time (any salt and hash will do).
static const char DUMMY_HASH[] = "$argon2id$v=19$m=19456,t=2,p=1$aGVhcnRoLWR1bW15LXNhbA$"
								 "mJ0mYkq5yqf3m6y1Zy8mSxQzqkq2nqgk9f8m3p0S6rE";

// How many hash at this moment: a limit of the whole process (tools/gates/globals.allow).
static struct {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	int running, waiting;
} hashers = {.lock = PTHREAD_MUTEX_INITIALIZER, .freed = PTHREAD_COND_INITIALIZER};

static bool hasher_begin(void)
{
	pthread_mutex_lock(&hashers.lock);
	bool ok = hashers.waiting < HASH_QUEUE_MAX;
	if (ok) {
		hashers.waiting++;
		while (hashers.running >= HASHERS_MAX) pthread_cond_wait(&hashers.freed, &hashers.lock);
		hashers.waiting--;
		hashers.running++;
	}
	pthread_mutex_unlock(&hashers.lock);
	return ok;
}

static void hasher_end(void)
{
	pthread_mutex_lock(&hashers.lock);
	hashers.running--;
	pthread_cond_signal(&hashers.freed);
	pthread_mutex_unlock(&hashers.lock);
}

Status members_hash_password(Ctx *cx, Str password, Str *ret_hash)
{
	char *hash = ARENA_NEW(cx->arena, char, crypto_pwhash_STRBYTES);
	if (sodium_init() < 0) return fail(cx, ST_INTERNAL, "libsodium cannot start");
	if (!hasher_begin()) return fail(cx, ST_BUSY, "too many passwords are being checked");
	int bad = crypto_pwhash_str(hash, password.p, password.n, HASH_PASSES, HASH_MEMORY_BYTES);
	hasher_end();
	if (bad) return fail(cx, ST_BUSY, "no memory to hash a password");
	*ret_hash = str_from(hash);
	return ST_OK;
}

// The hash is copied to a buffer of the size that libsodium reads.
static Status hash_matches(Ctx *cx, Str hash, Str password, bool *ret_matches)
{
	char text[crypto_pwhash_STRBYTES] = {0};
	if (hash.n >= sizeof text) return fail(cx, ST_INTERNAL, "a stored password hash is too long");
	memcpy(text, hash.p, hash.n);
	if (sodium_init() < 0) return fail(cx, ST_INTERNAL, "libsodium cannot start");
	if (!hasher_begin()) return fail(cx, ST_BUSY, "too many passwords are being checked");
	*ret_matches = crypto_pwhash_str_verify(text, password.p, password.n) == 0;
	hasher_end();
	return ST_OK;
}

Status members_find_credentials(Ctx *cx, Db *db, Str handle_or_email, Credentials *ret)
{
	MemberFindCredentialsRow row = {0};
	bool found = false;
	Str key = members_key(cx->arena, str_sub(handle_or_email, 0, EMAIL_MAX_BYTES));
	if (key.n)
		TRY(member_find_credentials(cx, db, &(MemberFindCredentialsArgs){.handle_key = key, .email_key = key}, &row,
									&found));
	*ret = (Credentials){0};
	if (found && !row.deleted_at)
		*ret = (Credentials){row.id, row.handle, row.password_hash, (Role)row.role, (Affiliation)row.affiliation};
	return ST_OK;
}

Status members_verify(Ctx *cx, const Credentials *c, Str password, Actor *ret_actor, bool *ret_ok)
{
	bool usable = c->id && c->password_hash.n && password.n <= PASSWORD_MAX_BYTES, matches = false;
	Str hash = usable ? c->password_hash : str_from(DUMMY_HASH);
	TRY(hash_matches(cx, hash, str_sub(password, 0, PASSWORD_MAX_BYTES), &matches));
	*ret_ok = usable && matches;
	if (*ret_ok) *ret_actor = actor_member(c->id, c->handle, c->role, c->affiliation);
	return ST_OK;
}

Status members_check_password(Ctx *cx, Db *db, Str handle_or_email, Str password, Actor *ret_actor, bool *ret_ok)
{
	Credentials c;
	TRY(members_find_credentials(cx, db, handle_or_email, &c));
	return members_verify(cx, &c, password, ret_actor, ret_ok);
}

static Str token_make(Ctx *cx)
{
	unsigned char secret[32];
	char *text = ARENA_NEW(cx->arena, char, TOKEN_TEXT_BYTES + 1);
	cx->rng->fill(cx->rng->self, secret, sizeof secret);
	sodium_bin2base64(text, TOKEN_TEXT_BYTES + 1, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (Str){text, TOKEN_TEXT_BYTES};
}

static Str token_hash(Ctx *cx, Str token)
{
	unsigned char *hash = ARENA_NEW(cx->arena, unsigned char, HASH_BYTES);
	crypto_generichash(hash, HASH_BYTES, (const unsigned char *)token.p, token.n, NULL, 0);
	return (Str){(const char *)hash, HASH_BYTES};
}

Status members_session_create(Ctx *cx, Tx *tx, Id member_id, Str *ret_token)
{
	Str token = token_make(cx);
	TRY(session_insert(cx, tx,
					   &(SessionInsertArgs){.token_hash = token_hash(cx, token),
											.member_id = member_id,
											.created_at = cx->now_ms,
											.expires_at = cx->now_ms + members_session_life_ms(cx)}));
	*ret_token = token;
	return ST_OK;
}

Status members_session_find(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found)
{
	SessionFindRow row;
	bool found = false;
	if (token.n == TOKEN_TEXT_BYTES)
		TRY(session_find(cx, db, &(SessionFindArgs){.token_hash = token_hash(cx, token)}, &row, &found));
	*ret_found = found && row.expires_at > cx->now_ms;
	if (*ret_found) {
		*ret_actor = actor_member(row.id, row.handle, (Role)row.role, (Affiliation)row.affiliation);
		ret_actor->circle = (Circle)row.circle;
		ret_actor->attention = (int)row.attention;
		actor_grant(ret_actor, &GRANTS_OF(row));
	}
	return ST_OK;
}

Status members_session_delete(Ctx *cx, Tx *tx, Str token)
{
	if (token.n != TOKEN_TEXT_BYTES) return ST_OK;
	return session_delete(cx, tx, &(SessionDeleteArgs){.token_hash = token_hash(cx, token)});
}

Status members_change_password(Ctx *cx, Tx *tx, void *change)
{
	PasswordChange *c = change;
	int64_t n;
	c->tokens_n = 0; // a Tx may be run again
	TRY(member_set_password(cx, tx, &(MemberSetPasswordArgs){.id = c->member_id, .password_hash = c->hash}, &n));
	if (!n) return fail(cx, ST_NOT_FOUND, "there is no such member");
	TRY(session_delete_of_member(cx, tx, &(SessionDeleteOfMemberArgs){.member_id = c->member_id}));
	if (!c->keep_tokens)
		TRY(api_token_delete_of_member(cx, tx, &(ApiTokenDeleteOfMemberArgs){.member_id = c->member_id}, &c->tokens_n));
	Str ended = c->tokens_n ? str_format(cx->arena, ", %lld tokens ended", (long long)c->tokens_n) : S("");
	return audit(cx, tx, S("password"), c->member_id, str_format(cx->arena, "a new one%.*s", STR(ended)));
}

Status members_token_create(Ctx *cx, Tx *tx, Id member_id, Str label, Str *ret_token)
{
	Str token = token_make(cx);
	label = utf8_cut(str_trim(label), LABEL_MAX_BYTES);
	TRY(api_token_insert(cx, tx,
						 &(ApiTokenInsertArgs){.token_hash = token_hash(cx, token),
											   .id = ctx_id(cx),
											   .member_id = member_id,
											   .label = label.n ? label : S("token"),
											   .created_at = cx->now_ms}));
	*ret_token = token;
	return ST_OK;
}

Status members_token_find(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found)
{
	ApiTokenFindRow row;
	bool found = false;
	if (token.n == TOKEN_TEXT_BYTES)
		TRY(api_token_find(cx, db, &(ApiTokenFindArgs){.token_hash = token_hash(cx, token)}, &row, &found));
	*ret_found = found;
	if (found) {
		*ret_actor = actor_member(row.id, row.handle, (Role)row.role, (Affiliation)row.affiliation);
		ret_actor->circle = (Circle)row.circle;
		ret_actor->by_token = true;
		actor_grant(ret_actor, &GRANTS_OF(row));
	}
	return ST_OK;
}
