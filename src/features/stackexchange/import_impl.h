// SPDX-License-Identifier: AGPL-3.0-or-later
// What the parts of the import share; private to this folder. import.c: the order of things. import_map.c: what each
// source id became. import_batch.c: batches on their way to the writer. import_people.c: users and badges.
// import_posts.c: questions, answers, tag wikis. import_again.c: those of
// an earlier dump. import_ahead.c: their HTML, cleaned by two threads. import_rest.c: tags, comments, links, votes.
//
// A row of the dump is prepared on the caller's thread into the arena of the open batch (ids made, HTML sanitised) and
// added with a function that writes it later, on the writer's thread. That function may run twice (a Tx is
// re-runnable): it reads the prepared row and the maps' constant parts, and says what became of the row.
#pragma once
#include <pthread.h>
#include <semaphore.h>

#include "base/idmap.h"
#include "base/utf8.h"
#include "community/community.h"
#include "stackexchange/stackexchange.h"
#include "stackexchange_sql.h"

#define SE_CHANNEL S("stackexchange")
#define SE_BATCH_ROWS 1000
#define SE_BATCH_BYTES ((size_t)8 << 20)
#define SE_BATCHES 2

// Source id to a value that begins with that id; values stand in the order they came in, and move when the map grows.
typedef struct SeMap {
	IdMap numbers;
	size_t value_bytes, n, cap;
	char *values;
} SeMap;

typedef struct SePerson {
	int64_t source;
	Id id; // 0: not imported yet
	Time joined_at;
} SePerson;

typedef struct SePlace {              // of a post
	int64_t source, parent, accepted; // parent: of an answer; accepted: of a question
	Id id, topic_id, author_id;       // id 0: not imported (yet)
	Id space_id;                      // of its topic, which need not be that of this run
	Time created_at, shared_at;       // shared_at: from when on it belongs to everybody (community wiki); 0: never
	int64_t score;                    // of one that is old: as an earlier dump had it
	int32_t number;                   // of an answer in its topic; of a question: how many answers the dump has
	uint8_t type;                     // SePostType
	bool old;                         // was here before this run
	bool vote_dated;                  // of a question: the acceptance has a vote, hence a date
	bool late;                        // an answer that waits for its question
} SePlace;

typedef struct SeExcerpt { // the post that describes a tag
	int64_t source;
	Str tag;
} SeExcerpt;

typedef struct SeImport SeImport;
typedef struct SeBatch SeBatch;
typedef struct SeAhead SeAhead;
typedef Status (*SeWriteFn)(Ctx *cx, Tx *tx, const SeImport *im, const void *row, SeOutcome *ret_outcome);

typedef struct SeItem {
	SeWriteFn write;
	const void *row;
	SeFile file;
	bool counted; // false: a fact that no row of the dump stands for
} SeItem;

struct SeBatch {
	SeImport *im;
	Ctx cx; // the writer's while the batch is under way
	WriteOp op;
	SeItem items[SE_BATCH_ROWS];
	size_t n;
	SeAccount written;
	bool under_way;
	sem_t stored;
	Status status;
};

typedef struct SeBeside { // the thread of SeImportOptions.beside
	Ctx cx;
	pthread_t thread;
	const SeBatch *from; // the batch with the last of the posts: it begins when that is stored
	bool begun;
	Status status;
} SeBeside;

struct SeImport {
	Ctx *cx;
	Store *store;
	const SeImportOptions *options;
	SeDump *dump;
	Arena *maps, *places, *scratch_arena; // places: of posts, so that users can be surveyed at the same time
	Ctx scratch;                          // of the row in hand; emptied after each
	Str host, site;
	Id space_id;
	Style style;
	Time as_of; // the latest date in the dump
	SeMap people, posts, excerpts;
	SeBatch *batches[SE_BATCHES];
	SeAhead *ahead; // while posts are read
	SeBeside beside;
	size_t open;           // index of the batch that is being filled
	const SeBatch *failed; // the writer's: nothing is stored after it
	int64_t late_n;        // answers that stand before their questions
	SeAccount account;
	int64_t rows_done, rows_total;
	pthread_mutex_t checking; // while files are surveyed
	int64_t checked_bytes[SE_FILES_N];
};

// import_map.c
void se_map_init(SeMap *map, Arena *arena, size_t value_bytes);
void *se_map_find(const SeMap *map, int64_t source); // NULL: unknown
MUST_CHECK Status se_map_put(Ctx *cx, SeMap *map, int64_t source,
							 void **ret_value); // makes it if absent, else zero but for the id
static inline SePlace *se_place(const SeImport *im, int64_t source) { return se_map_find(&im->posts, source); }
Id se_person(const SeImport *im, int64_t source); // 0: unknown
// Reads everything once, a file to a thread: defects (the first in the order of the files is told), dates, who and what there
// is. Then numbers the answers of each topic by time.
MUST_CHECK Status se_survey(SeImport *im);
// Marks what an earlier run imported.
MUST_CHECK Status se_survey_old(SeImport *im);

// import_batch.c
MUST_CHECK Status se_batches_open(SeImport *im);
void se_batches_close(SeImport *im); // waits for what is under way
// Memory for the row to be added, in the open batch.
static inline SeBatch *se_batch(const SeImport *im) { return im->batches[im->open]; }
static inline Arena *se_arena(const SeImport *im) { return se_batch(im)->cx.arena; }
MUST_CHECK Status se_add(SeImport *im, SeFile file, SeWriteFn write, const void *row);
MUST_CHECK Status se_add_uncounted(SeImport *im, SeWriteFn write, const void *row);
MUST_CHECK Status se_flush(SeImport *im); // waits until all is stored
void se_beside_begin(SeImport *im);
static inline Status se_skip(SeImport *im, SeFile file, SeOutcome outcome)
{
	se_account_count(&im->account, file, outcome);
	return ST_OK;
}

// import_ahead.c
typedef struct SeReady { // a post with its HTML cleaned
	SePost post;
	Str html, plain, url;
	Status status; // ST_INVALID, ST_TOO_LARGE: it cannot be cleaned
	Str why;
} SeReady;
typedef Status (*SePostFn)(SeImport *im, const SeReady *ready);
SeAhead *se_ahead_open(SeImport *im, SePostFn fn);
MUST_CHECK Status se_ahead_add(SeAhead *ahead, const SePost *post);
MUST_CHECK Status se_ahead_run(SeAhead *ahead); // hands on what is there
void se_ahead_close(SeAhead *ahead);

// Readers of rows, for se_dump_read with the SeImport as their argument.
MUST_CHECK Status se_on_user(void *arg, const SeRow *row);
MUST_CHECK Status se_on_badge(void *arg, const SeRow *row);
MUST_CHECK Status se_on_tag(void *arg, const SeRow *row);
MUST_CHECK Status se_posts(SeImport *im); // by a second pass over the file where answers stand before their questions
MUST_CHECK Status se_on_comment(void *arg, const SeRow *row);
// A post that was here before this run: what the dump says anew of it.
MUST_CHECK Status se_post_again(SeImport *im, const SePost *post);
MUST_CHECK Status se_on_link(void *arg, const SeRow *row);
MUST_CHECK Status se_on_vote(void *arg, const SeRow *row);
// The facts of acceptances that have no vote.
MUST_CHECK Status se_accept_undated(SeImport *im);

// The text of a fact's or row's origin, "stackexchange/vote/5".
Str se_origin(Arena *a, const char *what, int64_t source);
Str se_number(Arena *a, int64_t source);
// Who wrote something, for the column author_name: absent for members, else what the source says.
Str se_author_name(Arena *a, Id author_id, int64_t source_user, Str name);
// Cleans HTML in the scratch context; ret_html lives there.
MUST_CHECK Status se_sanitize(SeImport *im, Str html, Str base_url, Str *ret_html, bool *ret_ok);
void se_scratch_clear(SeImport *im);
// Nothing is wrong, or something with this row alone: the import goes on.
static inline bool se_is_of_the_row(Status st) { return st == ST_OK || st == ST_INVALID || st == ST_TOO_LARGE; }
// Reads a file; fn gets each row with the import, the scratch context emptied.
MUST_CHECK Status se_step(SeImport *im, SeFile file, SeRowFn fn);
