// SPDX-License-Identifier: AGPL-3.0-or-later
// Reader of a Stack Exchange data dump (a folder of Users.xml, Posts.xml, Comments.xml, Votes.xml, Badges.xml,
// PostLinks.xml, Tags.xml): streams one file at a time through expat and calls back once per row with a typed struct. It
// knows nothing of the database. Memory is bounded: a row may have 1 MiB, each field its own maximum.
//
//   AUTO(SeDump) dump = NULL;
//   TRY(se_dump_open(cx, S("/srv/dump"), &dump));        // every file present and readable, or an error naming it
//   TRY(se_dump_read(cx, dump, SE_POSTS, on_post, &import));
//
// Errors are ST_INVALID and say "FILE: line L, byte B: why" (byte: offset of the markup from the start of the file):
// malformed or truncated XML, invalid UTF-8, a DOCTYPE (so no entity can be declared), a foreign root or element, a row
// without a needed field, a field that is too long or no number or date. Unknown attributes are ignored: dumps of later
// years have more. ST_NOT_FOUND: a file is missing. ST_IO: it cannot be read.
//
// A SeDump keeps the files open from the first call on, so a replaced file does not mix two dumps; a file is read by one
// thread at a time, different files by as many as one likes (the progress function is then called by each). Strings of a row are valid UTF-8 and live until the callback returns.
// Refuses: 7z archives, PostHistory.xml (not part of what is imported), encodings other than UTF-8.
#pragma once
#include "base/ctx.h"

#define SE_ROW_MAX_BYTES ((size_t)1 << 20)

// name, file, root element
#define SE_FILE_TABLE(X)                                                                                               \
	X(SE_USERS, "Users.xml", "users")                                                                                  \
	X(SE_TAGS, "Tags.xml", "tags")                                                                                     \
	X(SE_POSTS, "Posts.xml", "posts")                                                                                  \
	X(SE_COMMENTS, "Comments.xml", "comments")                                                                         \
	X(SE_LINKS, "PostLinks.xml", "postlinks")                                                                          \
	X(SE_VOTES, "Votes.xml", "votes")                                                                                  \
	X(SE_BADGES, "Badges.xml", "badges")

typedef enum SeFile {
#define X(name, file, root) name,
	SE_FILE_TABLE(X)
#undef X
		SE_FILES_N
} SeFile;

// What is absent in the source is 0 or a Str without p. Ids are the source's own; user -1 is its background process.
typedef struct SeUser {
	int64_t id, reputation, views, up_votes, down_votes, account_id;
	Time created_at, seen_at;
	Str display_name, about_html, website, location;
} SeUser;

typedef enum SePostType { SE_QUESTION = 1, SE_ANSWER = 2, SE_TAG_WIKI_EXCERPT = 4, SE_TAG_WIKI = 5 } SePostType;

typedef struct SePost {
	int64_t id, type, parent_id, accepted_answer_id, score, views, owner_id, editor_id;
	Time created_at, edited_at, active_at, closed_at, community_owned_at;
	Str body_html, title, tags, owner_name, editor_name, license; // license: newer dumps only
} SePost;

typedef struct SeComment {
	int64_t id, post_id, score, user_id;
	Time created_at;
	Str text, user_name, license;
} SeComment;

typedef enum SeVoteType {
	SE_VOTE_ACCEPT = 1,
	SE_VOTE_UP = 2,
	SE_VOTE_DOWN = 3,
	SE_VOTE_OFFENSIVE = 4,
	SE_VOTE_FAVOURITE = 5,
	SE_VOTE_CLOSE = 6,
	SE_VOTE_REOPEN = 7,
	SE_VOTE_BOUNTY_START = 8,
	SE_VOTE_BOUNTY_CLOSE = 9,
	SE_VOTE_DELETE = 10,
	SE_VOTE_UNDELETE = 11,
	SE_VOTE_SPAM = 12,
	SE_VOTE_REVIEW = 15,
	SE_VOTE_EDIT_APPROVED = 16,
} SeVoteType;

typedef struct SeVote {
	int64_t id, post_id, type, user_id, bounty; // user_id: favourites and bounties only
	Time day;                                   // midnight: the source publishes no time of day
} SeVote;

typedef struct SeBadge {
	int64_t id, user_id, level; // level 1 gold, 2 silver, 3 bronze; 0 in old dumps
	Time at_ms;
	Str name;
} SeBadge;

typedef enum SeLinkType { SE_LINK_RELATED = 1, SE_LINK_DUPLICATE = 3 } SeLinkType;

typedef struct SeLink {
	int64_t id, post_id, related_id, type;
	Time created_at;
} SeLink;

typedef struct SeTag {
	int64_t id, count, excerpt_post_id, wiki_post_id;
	Str name;
} SeTag;

typedef struct SeRow {
	SeFile file;
	int64_t byte; // of the row's start tag
	void *parser; // for se_row_line
	union {
		SeUser user;
		SePost post;
		SeComment comment;
		SeVote vote;
		SeBadge badge;
		SeLink link;
		SeTag tag;
	};
} SeRow;

int64_t se_row_line(
	const SeRow *row); // while it is being read; costs a walk over what was read since it was last asked

typedef Status (*SeRowFn)(void *arg, const SeRow *row); // anything but ST_OK ends the reading and is returned
typedef void (*SeProgressFn)(void *arg, SeFile file, int64_t rows, int64_t bytes, int64_t bytes_total);

typedef struct SeDump SeDump;

const char *se_file_name(SeFile file);
MUST_CHECK Status se_dump_open(Ctx *cx, Str dir, SeDump **ret_dump);
void se_dump_close(SeDump *dump);
static inline void SeDump_auto(SeDump **p)
{
	if (*p) se_dump_close(*p);
}
int64_t se_dump_bytes(const SeDump *dump, SeFile file);
// Rows of each file, known after a whole se_dump_read; 0 before.
int64_t se_dump_rows(const SeDump *dump, SeFile file);
// Called about once per 256 KiB read, with the progress of one file; NULL: nothing.
void se_dump_progress(SeDump *dump, SeProgressFn fn, void *arg);

// fn NULL: looks for defects and counts.
MUST_CHECK Status se_dump_read(Ctx *cx, SeDump *dump, SeFile file, SeRowFn fn, void *arg);
// For tests and fuzzers: the same reader over bytes in memory.
MUST_CHECK Status se_dump_read_bytes(Ctx *cx, SeFile file, Str bytes, SeRowFn fn, void *arg, int64_t *ret_rows);

// The next of "<a><b>" (older dumps) or "|a|b|" (newer); false at the end.
bool se_tags_next(Str *tags, Str *ret_tag);
// What the source published a text under: its own word in newer dumps, else by the day it was written (CC BY-SA 2.5
// before 2011-04-08, 3.0 before 2018-05-02, 4.0 since).
Str se_license(Time created_at, Str license);
