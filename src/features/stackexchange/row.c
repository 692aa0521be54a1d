// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/row.h"

#include <string.h>

typedef enum FieldType { FIELD_INT, FIELD_TIME, FIELD_TEXT } FieldType;

typedef struct Field {
	Str name;
	FieldType type;
	bool needed;
	size_t offset; // in SeRow
	size_t max;    // bytes of a text
} Field;

#define INT(name, member, needed)                                                                                      \
	{                                                                                                                  \
		S_INIT(name), FIELD_INT, needed, offsetof(SeRow, member), 0                                                    \
	}
#define DATE(name, member, needed)                                                                                     \
	{                                                                                                                  \
		S_INIT(name), FIELD_TIME, needed, offsetof(SeRow, member), 0                                                   \
	}
#define TEXT(name, member, needed, max)                                                                                \
	{                                                                                                                  \
		S_INIT(name), FIELD_TEXT, needed, offsetof(SeRow, member), max                                                 \
	}

// In the order in which the dumps write them. A dump leaves out what is empty in its database: a name, a body, a vote's day.
// A text that is too long for here spoils its row and not the dump, so a body may fill the row.
static const Field USER[] = {
	INT("Id", user.id, true),
	INT("Reputation", user.reputation, true),
	DATE("CreationDate", user.created_at, true),
	TEXT("DisplayName", user.display_name, false, 1024),
	DATE("LastAccessDate", user.seen_at, false),
	TEXT("WebsiteUrl", user.website, false, 4096),
	TEXT("Location", user.location, false, 4096),
	TEXT("AboutMe", user.about_html, false, SE_ROW_MAX_BYTES),
	INT("Views", user.views, false),
	INT("UpVotes", user.up_votes, false),
	INT("DownVotes", user.down_votes, false),
	INT("AccountId", user.account_id, false),
};
static const Field POST[] = {
	INT("Id", post.id, true),
	INT("PostTypeId", post.type, true),
	INT("ParentId", post.parent_id, false),
	INT("AcceptedAnswerId", post.accepted_answer_id, false),
	DATE("CreationDate", post.created_at, true),
	INT("Score", post.score, true),
	INT("ViewCount", post.views, false),
	TEXT("Body", post.body_html, false, SE_ROW_MAX_BYTES),
	INT("OwnerUserId", post.owner_id, false),
	TEXT("OwnerDisplayName", post.owner_name, false, 1024),
	INT("LastEditorUserId", post.editor_id, false),
	TEXT("LastEditorDisplayName", post.editor_name, false, 1024),
	DATE("LastEditDate", post.edited_at, false),
	DATE("LastActivityDate", post.active_at, false),
	TEXT("Title", post.title, false, 2048),
	TEXT("Tags", post.tags, false, 2048),
	DATE("ClosedDate", post.closed_at, false),
	DATE("CommunityOwnedDate", post.community_owned_at, false),
	TEXT("ContentLicense", post.license, false, 64),
};
static const Field COMMENT[] = {
	INT("Id", comment.id, true),
	INT("PostId", comment.post_id, true),
	INT("Score", comment.score, false),
	TEXT("Text", comment.text, true, SE_ROW_MAX_BYTES),
	DATE("CreationDate", comment.created_at, true),
	TEXT("UserDisplayName", comment.user_name, false, 1024),
	INT("UserId", comment.user_id, false),
	TEXT("ContentLicense", comment.license, false, 64),
};
static const Field VOTE[] = {
	INT("Id", vote.id, true),           INT("PostId", vote.post_id, true),     INT("VoteTypeId", vote.type, true),
	INT("UserId", vote.user_id, false), DATE("CreationDate", vote.day, false), INT("BountyAmount", vote.bounty, false),
};
static const Field BADGE[] = {
	INT("Id", badge.id, true),       INT("UserId", badge.user_id, true), TEXT("Name", badge.name, true, 1024),
	DATE("Date", badge.at_ms, true), INT("Class", badge.level, false),
};
static const Field LINK[] = {
	INT("Id", link.id, true),           DATE("CreationDate", link.created_at, true),
	INT("PostId", link.post_id, true),  INT("RelatedPostId", link.related_id, true),
	INT("LinkTypeId", link.type, true),
};
static const Field TAG[] = {
	INT("Id", tag.id, true),
	TEXT("TagName", tag.name, true, 256),
	INT("Count", tag.count, false),
	INT("ExcerptPostId", tag.excerpt_post_id, false),
	INT("WikiPostId", tag.wiki_post_id, false),
};

static const struct {
	const Field *v;
	size_t n;
} FIELDS[SE_FILES_N] = {
	[SE_USERS] = {USER, COUNTOF(USER)},          [SE_TAGS] = {TAG, COUNTOF(TAG)},    [SE_POSTS] = {POST, COUNTOF(POST)},
	[SE_COMMENTS] = {COMMENT, COUNTOF(COMMENT)}, [SE_LINKS] = {LINK, COUNTOF(LINK)}, [SE_VOTES] = {VOTE, COUNTOF(VOTE)},
	[SE_BADGES] = {BADGE, COUNTOF(BADGE)},
};

// "0000-00-00T00:00:00.000": the dumps' one form.
static bool has_usual_form(Str s)
{
	static const char FORM[] = "0000-00-00T00:00:00.000";
	if (s.n != sizeof FORM - 1) return false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (FORM[i] == '0' ? !digit : s.p[i] != FORM[i]) return false;
	}
	return true;
}

static int number_at(const char *p, int n)
{
	int v = 0;
	for (int i = 0; i < n; i++) v = v * 10 + (p[i] - '0');
	return v;
}

// Short cut for the usual form on days that every month has; the general parser judges the rest.
static bool date_parse(Str s, Time *ret_t)
{
	if (!has_usual_form(s)) return time_parse_iso(s, ret_t);
	Civil c = {.year = number_at(s.p, 4),
			   .month = number_at(s.p + 5, 2),
			   .day = number_at(s.p + 8, 2),
			   .hour = number_at(s.p + 11, 2),
			   .minute = number_at(s.p + 14, 2),
			   .second = number_at(s.p + 17, 2),
			   .ms = number_at(s.p + 20, 3)};
	bool in_range = c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 28 && c.hour < 24 && c.minute < 60 &&
					c.second < 60;
	if (!in_range) return time_parse_iso(s, ret_t);
	*ret_t = time_from_civil(&c);
	return true;
}

// NULL if the value fits.
static const char *value_set(const Field *f, const char *value, SeRow *row)
{
	Str s = str_from(value);
	char *at = (char *)row + f->offset;
	if (f->type == FIELD_TEXT) {
		memcpy(at, &s, sizeof s);
		return s.n > f->max ? "too long" : NULL;
	}
	int64_t v = 0;
	if (f->type == FIELD_INT && !str_int(s, INT64_MIN, INT64_MAX, &v)) return "not a number";
	if (f->type == FIELD_TIME && !date_parse(s, &v)) return "not a date";
	memcpy(at, &v, sizeof v);
	return NULL;
}

bool se_row_parse(SeFile file, const char *const *attributes, SeRow *ret_row, RowFault *ret_fault)
{
	const Field *fields = FIELDS[file].v;
	size_t n = FIELDS[file].n, next = 0;
	uint32_t seen = 0;
	for (; attributes[0]; attributes += 2) {
		Str name = str_from(attributes[0]);
		size_t tried = 0, i = next;
		for (; tried < n && !str_eq(fields[i].name, name); tried++) i = i + 1 == n ? 0 : i + 1;
		if (tried == n) continue;
		const char *why = value_set(&fields[i], attributes[1], ret_row);
		if (why) {
			*ret_fault = (RowFault){fields[i].name.p, why};
			return false;
		}
		seen |= UINT32_C(1) << i;
		next = i + 1 == n ? 0 : i + 1;
	}
	for (size_t i = 0; i < n; i++) {
		if (!fields[i].needed || seen >> i & 1) continue;
		*ret_fault = (RowFault){fields[i].name.p, "is missing"};
		return false;
	}
	return true;
}
