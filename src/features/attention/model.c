// SPDX-License-Identifier: AGPL-3.0-or-later
// What a member says to being timed, and what is kept.
#include "attention/attention.h"

#include "core/job.h"

#include <string.h>

void attention_add(AttentionSums *to, const AttentionSums *from)
{
	for (int i = 0; i < SIDES; i++) {
		to->read[i] += from->read[i];
		to->wrote[i] += from->wrote[i];
	}
}

// "a600e300"
static bool sums_parse(Str s, AttentionSums *ret)
{
	for (size_t i = 0; i < s.n;) {
		int column = s.p[i] - 'a';
		int64_t n = 0;
		size_t from = ++i;
		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) n = n * 10 + (s.p[i] - '0');
		if (column < 0 || column >= 2 * SIDES || i == from || i - from > 9) return false;
		*(column < SIDES ? &ret->read[column] : &ret->wrote[column - SIDES]) = n;
	}
	return true;
}

// A word, and where its columns begin.
static bool word_next(Str *rest, Str *ret_word, Str *ret_columns)
{
	if (!rest->p || !rest->n) return false;
	const char *end = memchr(rest->p, ' ', rest->n);
	Str word = {rest->p, end ? (size_t)(end - rest->p) : rest->n};
	*rest = end ? (Str){end + 1, rest->n - word.n - 1} : str_none();
	const char *colon = memchr(word.p, ':', word.n);
	size_t n = colon ? (size_t)(colon - word.p) : word.n, past = colon ? n + 1 : n;
	*ret_columns = (Str){word.p + past, word.n - past};
	*ret_word = (Str){word.p, n};
	return true;
}

bool attention_next(Str *rest, AttentionArea *ret_area)
{
	Str columns;
	AttentionArea a = {0};
	while (word_next(rest, &a.area, &columns)) {
		a.n = (AttentionSums){0};
		if (!sums_parse(columns, &a.n)) continue;
		*ret_area = a;
		return true;
	}
	return false;
}

// From the next word of a topic on: most words are of others, and need not be looked at.
static bool topic_find(Str *rest)
{
	const char *from = rest->p, *end = from + rest->n, *at = from;
	while (at && at < end && (at = memchr(at, ATTENTION_TOPIC, (size_t)(end - at))) && at > from && at[-1] != ' ') at++;
	if (!from || !at || at >= end) return false;
	*rest = (Str){at, (size_t)(end - at)};
	return true;
}

bool attention_topic_next(Str *rest, Id *ret_topic, int64_t *ret_read)
{
	Str columns;
	AttentionArea a = {0};
	while (topic_find(rest) && word_next(rest, &a.area, &columns)) {
		a.n = (AttentionSums){0};
		if (sums_parse(columns, &a.n) && attention_topic_of(&a, ret_topic, ret_read)) return true;
	}
	return false;
}

bool attention_topic_of(const AttentionArea *a, Id *ret_topic, int64_t *ret_read)
{
	if (!a->area.n || a->area.p[0] != ATTENTION_TOPIC || !id_parse(str_sub(a->area, 1, a->area.n), ret_topic))
		return false;
	*ret_read = a->n.read[SIDE_CUSTOMER] + a->n.read[SIDE_EMPLOYEE] + a->n.read[SIDE_PARTNER];
	return *ret_read > 0;
}

AttentionSums attention_in(Str areas, Str area)
{
	Str word, columns;
	if (!area.n) area = S(ATTENTION_EVERYWHERE);
	while (word_next(&areas, &word, &columns)) {
		AttentionSums n = {0};
		if (str_eq(word, area) && sums_parse(columns, &n)) return n;
	}
	return (AttentionSums){0};
}

#define COLUMN_BYTES 20 // a letter and as many digits as a number can have

// Backwards, from the end of the columns; returns where it begins.
static size_t column_write(char *bytes, size_t at, char letter, int64_t n)
{
	for (; n; n /= 10) bytes[--at] = (char)('0' + n % 10);
	bytes[--at] = letter;
	return at;
}

void attention_write(Buf *b, const AttentionArea *v, size_t n)
{
	char bytes[1 + 2 * SIDES * COLUMN_BYTES];
	for (size_t i = 0; i < n; i++) {
		size_t at = sizeof bytes;
		for (int k = SIDES; k-- > 0;)
			if (v[i].n.wrote[k] > 0) at = column_write(bytes, at, (char)('a' + SIDES + k), v[i].n.wrote[k]);
		for (int k = SIDES; k-- > 0;)
			if (v[i].n.read[k] > 0) at = column_write(bytes, at, (char)('a' + k), v[i].n.read[k]);
		bytes[--at] = ':';
		if (i) buf_char(b, ' ');
		buf_str(b, v[i].area);
		buf_mem(b, bytes + at, sizeof bytes - at);
	}
}

Status attention_erase(Ctx *cx, Tx *tx, Id member)
{
	int64_t n;
	TRY(attention_delete(cx, tx, &(AttentionDeleteArgs){.member_id = member}, &n));
	return attention_erased_put(cx, tx, &(AttentionErasedPutArgs){.member_id = member, .at_ms = cx->now_ms});
}

Status attention_choose(Ctx *cx, Tx *tx, Id member, Agreed choice)
{
	TRY(member_set_attention(cx, tx, &(MemberSetAttentionArgs){.id = member, .attention = choice}));
	if (choice == AGREED_NO) TRY(attention_erase(cx, tx, member));
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_TIMING_CHOSEN,
							   .actor_id = member,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = member,
							   .value = choice});
}

Status attention_mine_get(Ctx *cx, Db *db, AttentionMine *ret_mine)
{
	const Actor *a = cx->actor;
	AttentionMineRows rows;
	TRY(attention_mine(cx, db, &(AttentionMineArgs){.member_id = a->id}, &rows));
	AttentionMine m = {.since = rows.n ? (int32_t)rows.v[0].day : 0, .days = (int32_t)rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		AttentionSums n = attention_in(rows.v[i].areas, str_none());
		attention_add(&m.sums, &n);
	}
	m.consent = (Consent)setting_word(cx->site, &ATTENTION_CONSENT);
	m.choice = (Agreed)a->attention;
	m.staff = role_is_staff(a->role, a->affiliation);
	m.timed = consent_given(cx->site, m.choice, m.staff);
	m.staff_off = m.staff && !consent_given(cx->site, AGREED_YES, true);
	*ret_mine = m;
	return ST_OK;
}
