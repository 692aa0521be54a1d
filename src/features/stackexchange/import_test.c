// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/stackexchange.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "community/model_testkit.h"
#include "stackexchange/import_impl.h"
#include "test.h"
#include "text/plain.h"

Str search_tsvector(Arena *a, Str text); // community's own, private to it

static void on_stores(StoreTest run)
{
	MigrationSet sets[] = {{members_migrations, members_migrations_n}, {community_migrations, community_migrations_n}};
	test_stores(sets, COUNTOF(sets), run);
}

// A dump made by hand.

static const char *const ROOTS[SE_FILES_N] = {
#define X(name, file, root) [name] = root,
	SE_FILE_TABLE(X)
#undef X
};

static void write_file(Str dir, SeFile file, const char *text)
{
	FILE *out = fopen(str_z(test_arena(), str_format(test_arena(), "%.*s/%s", STR(dir), se_file_name(file))), "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void write_rows(Str dir, SeFile file, const char *rows)
{
	Str text = str_format(test_arena(), "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<%s>\n%s</%s>\n", ROOTS[file],
						  rows, ROOTS[file]);
	write_file(dir, file, str_z(test_arena(), text));
}

#define DAY(d) "2018-03-" d "T10:00:00.123"
#define USER(id, name)                                                                                                 \
	"<row Id=\"" id "\" Reputation=\"10" id "\" CreationDate=\"" DAY("01") "\" DisplayName=\"" name "\" />\n"
#define VOTE(id, post, type, more)                                                                                     \
	"<row Id=\"" id "\" PostId=\"" post "\" VoteTypeId=\"" type "\" CreationDate=\"2018-03-20T00:00:00.000\" " more    \
	"/>\n"
#define ANSWER(id, parent, day, more)                                                                                  \
	"<row Id=\"" id "\" PostTypeId=\"2\" ParentId=\"" parent                                                           \
	"\" CreationDate=\"" DAY(day) "\" Score=\"2\" Body=\"&lt;p&gt;Answer " id "&lt;/p&gt;\" " more "/>\n"

static const char USERS[] = USER("1", "Ada") USER("2", "Ada")
	USER("3", "&lt;b&gt; &#x202e;") "<row Id=\"-1\" Reputation=\"1\" CreationDate=\"" DAY(
		"01") "\" DisplayName=\"Community\" WebsiteUrl=\"javascript:alert(1)\" AboutMe=\"&lt;p "
			  "onclick='x()'&gt;bot&lt;script&gt;x()&lt;/script&gt;\" />\n";
static const char TAGS[] = "<row Id=\"1\" TagName=\"gate\" Count=\"1\" ExcerptPostId=\"8\" WikiPostId=\"9\" />\n";
static const char QUESTIONS[] = "<row Id=\"1\" PostTypeId=\"1\" AcceptedAnswerId=\"3\" CreationDate=\"" DAY(
	"10") "\" Score=\"7\" ViewCount=\"99\" Body=\"&lt;p onclick=&quot;x()&quot;&gt;What is a "
		  "gate?&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;\" OwnerUserId=\"1\" LastEditorUserId=\"2\" "
		  "LastEditDate=\"" DAY("12") "\" Title=\"What is a quantum gate?\" Tags=\"&lt;gate&gt;&lt;c++&gt;\" "
									  "ClosedDate=\"" DAY("15") "\" />\n"
																"<row Id=\"5\" PostTypeId=\"1\" AcceptedAnswerId=\"6\" "
																"CreationDate=\"" DAY(
																	"11") "\" Score=\"-1\" ViewCount=\"3\" "
																		  "Body=\"&lt;p&gt;By one who "
																		  "left.&lt;/p&gt;\" "
																		  "OwnerDisplayName=\"user77\" Title=\"Short\" "
																		  "Tags=\"|gate|\" />\n";
static const char ANSWERS[] = ANSWER("2", "1", "13", "OwnerUserId=\"2\"") ANSWER("3", "1", "12", "OwnerUserId=\"2\"")
	ANSWER("6", "5", "14", "") ANSWER("7", "999", "14", "");
static const char WIKIS[] = "<row Id=\"8\" PostTypeId=\"4\" CreationDate=\"" DAY(
	"10") "\" Score=\"0\" Body=\"Building blocks of circuits.\" OwnerUserId=\"1\" />\n"
		  "<row Id=\"9\" PostTypeId=\"5\" CreationDate=\"" DAY("10") "\" Score=\"0\" Body=\"\" OwnerUserId=\"1\" />\n";
static const char COMMENTS[] =
	"<row Id=\"1\" PostId=\"1\" Score=\"2\" Text=\"See `H` and &lt;b&gt;this&lt;/b&gt;\" CreationDate=\"" DAY(
		"11") "\" UserId=\"2\" />\n"
			  "<row Id=\"2\" PostId=\"3\" Score=\"0\" Text=\"Thanks\" CreationDate=\"" DAY(
				  "13") "\" UserDisplayName=\"gone\" />\n"
						"<row Id=\"3\" PostId=\"404\" Score=\"0\" Text=\"Lost\" CreationDate=\"" DAY(
							"13") "\" UserId=\"2\" />\n"
								  "<row Id=\"4\" PostId=\"8\" Score=\"0\" Text=\"On a wiki\" CreationDate=\"" DAY(
									  "13") "\" UserId=\"2\" />\n";
static const char LINKS[] = "<row Id=\"1\" CreationDate=\"" DAY(
	"14") "\" PostId=\"3\" RelatedPostId=\"5\" LinkTypeId=\"3\" />\n"
		  "<row Id=\"2\" CreationDate=\"" DAY(
			  "14") "\" PostId=\"1\" RelatedPostId=\"404\" LinkTypeId=\"1\" />\n"
					"<row Id=\"3\" CreationDate=\"" DAY(
						"14") "\" PostId=\"1\" RelatedPostId=\"3\" LinkTypeId=\"1\" />\n";
static const char VOTES[] = VOTE("1", "3", "1", "") VOTE("2", "3", "2", "") VOTE("3", "1", "3", "")
	VOTE("4", "404", "2", "") VOTE("5", "8", "16", "") VOTE("6", "1", "14", "")
		VOTE("7", "1", "8", "UserId=\"2\" BountyAmount=\"50\"") VOTE("8", "2", "1", "") VOTE("9", "1", "6", "");
static const char BADGES[] = "<row Id=\"1\" UserId=\"1\" Name=\"Teach&quot;er\" Date=\"" DAY(
	"15") "\" Class=\"3\" />\n"
		  "<row Id=\"2\" UserId=\"404\" Name=\"Lost\" Date=\"" DAY("15") "\" Class=\"1\" />\n";

static Str joined(const char *a, const char *b, const char *c) { return str_format(test_arena(), "%s%s%s", a, b, c); }

static Str small_dump(void)
{
	Str dir = str_format(test_arena(), "%s/small-2018-09", test_dir());
	mkdir(str_z(test_arena(), dir), 0700);
	write_rows(dir, SE_USERS, USERS);
	write_rows(dir, SE_TAGS, TAGS);
	write_rows(dir, SE_POSTS, str_z(test_arena(), joined(ANSWERS, QUESTIONS, WIKIS))); // answers first
	write_rows(dir, SE_COMMENTS, COMMENTS);
	write_rows(dir, SE_LINKS, LINKS);
	write_rows(dir, SE_VOTES, VOTES);
	write_rows(dir, SE_BADGES, BADGES);
	return dir;
}

static const char *const TABLES[] = {"member",     "space", "topic",           "post", "comment", "tag", "topic_tag",
									 "topic_link", "badge", "external_figure", "fact"};

typedef struct Sizes {
	int64_t n[COUNTOF(TABLES)];
} Sizes;

static Sizes sizes(Ctx *cx, Store *store)
{
	Sizes s;
	for (size_t i = 0; i < COUNTOF(TABLES); i++)
		s.n[i] = test_number(cx, store, str_z(cx->arena, str_format(cx->arena, "SELECT count(*) FROM %s", TABLES[i])));
	return s;
}

static void check_counters(Ctx *cx, Store *store)
{
	Town t = {.cx = cx, .store = store};
	town_check_counts(&t);
	assert_int_equal(
		test_number(cx, store,
					"SELECT count(*) FROM topic t WHERE bumped_at <> (SELECT max(p.created_at) FROM post p "
					"WHERE p.topic_id = t.id)"),
		0);
	assert_int_equal(test_number(cx, store,
								 "SELECT count(*) FROM topic t JOIN post p ON p.topic_id = t.id JOIN post q ON "
								 "q.topic_id = t.id AND q.number > p.number AND q.created_at < p.created_at"),
					 0);
}

#define NUMBER(sql, n) assert_int_equal(test_number(cx, store, (sql)), (n))

static void small(Ctx *cx, Store *store)
{
	SeAccount a, again;
	Str dir = small_dump();
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	assert_true(se_account_balances(&a));
	assert_int_equal(se_account_total(&a, SE_FAILED), 0);
	assert_int_equal(a.rows[SE_POSTS][SE_IMPORTED], 6); // two questions, three answers, an excerpt
	assert_int_equal(a.rows[SE_POSTS][SE_SKIPPED_NO_POST], 1);
	assert_int_equal(a.rows[SE_POSTS][SE_SKIPPED_WIKI], 1);
	assert_int_equal(a.rows[SE_VOTES][SE_IMPORTED], 5);
	assert_int_equal(a.rows[SE_VOTES][SE_SKIPPED_KIND], 2); // type 14, and an acceptance of what is not the solution
	assert_int_equal(a.rows[SE_VOTES][SE_SKIPPED_NO_POST], 1);
	assert_int_equal(a.rows[SE_VOTES][SE_SKIPPED_WIKI], 1);
	assert_int_equal(a.rows[SE_LINKS][SE_IMPORTED], 1);
	assert_int_equal(a.rows[SE_COMMENTS][SE_SKIPPED_WIKI], 1);
	assert_int_equal(a.rows[SE_BADGES][SE_SKIPPED_NO_MEMBER], 1);
	check_counters(cx, store);
	NUMBER("SELECT count(*) FROM space WHERE slug = 'small' AND kind = 0", 1);
	NUMBER("SELECT count(*) FROM post WHERE text_n = 0 OR text_n > length(body_html)", 0); // search weighs by it
	NUMBER("SELECT number FROM post WHERE origin_id = '3'", 1);
	NUMBER("SELECT number FROM post WHERE origin_id = '2'", 2);
	NUMBER("SELECT count(*) FROM topic t JOIN post p ON p.id = t.solution_id WHERE p.origin_id IN ('3', '6')", 2);
	NUMBER("SELECT count(*) FROM topic WHERE origin_url = 'https://small.stackexchange.com/q/1' AND views = 99 AND "
		   "tags = 'gate c++'",
		   1);
	NUMBER("SELECT count(*) FROM topic WHERE author_name = 'user77' AND author_id IS NULL", 1);
	NUMBER("SELECT count(*) FROM post WHERE author_name = 'anonymous' AND author_id IS NULL AND origin_id = '6'", 1);
	NUMBER("SELECT count(*) FROM post WHERE body_html LIKE '%script%' OR body_html LIKE '%onclick%'", 0);
	NUMBER("SELECT count(*) FROM member WHERE about_html LIKE '%onclick%' OR website IS NOT NULL", 0);
	NUMBER("SELECT count(*) FROM member WHERE handle IN ('Ada', 'Ada-2')", 2);
	NUMBER("SELECT reputation FROM member WHERE origin_id = '3'", 103);
	NUMBER("SELECT count(*) FROM tag WHERE description = 'Building blocks of circuits.'", 1);
	NUMBER("SELECT count(*) FROM fact WHERE kind = 10", 2); // one by its vote, one without
	NUMBER("SELECT value FROM fact WHERE kind = 12", 50);
	NUMBER("SELECT count(*) FROM fact f JOIN member m ON m.id = f.actor_id WHERE f.kind = 5 AND m.origin_id = '2'", 1);
	NUMBER("SELECT count(*) FROM fact WHERE kind = 17", 2); // closed, and a vote for it
	Sizes before = sizes(cx, store);
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &again));
	assert_true(se_account_balances(&again));
	assert_int_equal(se_account_total(&again, SE_IMPORTED), 0);
	Sizes after = sizes(cx, store);
	assert_memory_equal(&before, &after, sizeof before);
	check_counters(cx, store);
}
TEST(import_takes_everything_once) { on_stores(small); }

// A newer dump has an answer whose place is taken, and one for which something written here stands in the way.
static void grown(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump();
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	Str more = joined(ANSWERS, ANSWER("20", "1", "11", ""), ANSWER("21", "1", "19", "OwnerUserId=\"1\""));
	write_rows(dir, SE_POSTS, str_z(cx->arena, joined(QUESTIONS, str_z(cx->arena, more), WIKIS)));
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir, .space = S("elsewhere")}, &a));
	assert_int_equal(a.rows[SE_POSTS][SE_IMPORTED], 2);
	NUMBER("SELECT count(*) FROM fact f JOIN post p ON p.id = f.subject_id JOIN topic t ON t.id = p.topic_id WHERE "
		   "f.space_id <> t.space_id",
		   0); // what is said of a topic is said where it is
	NUMBER("SELECT count(*) FROM post p JOIN topic t ON t.id = p.topic_id WHERE t.origin_id = '1' AND p.number BETWEEN "
		   "1 AND 4",
		   4);
	Town t = {.cx = cx, .store = store};
	town_check_counts(&t);
}
TEST(import_of_a_newer_dump_adds_what_is_new) { on_stores(grown); }

// What a dump leaves out because it is empty there, and texts that are too long.
static void left_out(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump(), huge = str_format(cx->arena, "%0300000d", 1);
	static const char PEOPLE[] = USER("1", "Ada")
		USER("2", " ") "<row Id=\"3\" Reputation=\"1\" CreationDate=\"" DAY("01") "\" />\n";
	static const char POSTS[] = "<row Id=\"1\" PostTypeId=\"1\" CreationDate=\"" DAY(
		"02") "\" Score=\"1\" OwnerUserId=\"3\" Title=\"A "
			  "title without a text\" />\n"
			  "<row Body=\"An answer\" Score=\"1\" CreationDate=\"" DAY(
				  "03") "\" ParentId=\"1\" PostTypeId=\"2\" Id=\"2\" />\n";
	write_rows(dir, SE_USERS, PEOPLE);
	write_rows(dir, SE_POSTS,
			   str_z(cx->arena, str_format(cx->arena,
										   "%s<row Id=\"3\" PostTypeId=\"2\" ParentId=\"1\" CreationDate=\"" DAY(
											   "04") "\" Score=\"0\" Body=\"%.*s\" />",
										   POSTS, STR(huge))));
	write_rows(dir, SE_COMMENTS,
			   str_z(cx->arena,
					 str_format(cx->arena, "<row Id=\"1\" PostId=\"2\" CreationDate=\"" DAY("05") "\" Text=\"%.*s\" />",
								STR(huge))));
	write_rows(dir, SE_VOTES, "<row Id=\"1\" PostId=\"2\" VoteTypeId=\"2\" />");
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	assert_true(se_account_balances(&a));
	assert_int_equal(a.rows[SE_POSTS][SE_IMPORTED], 2);
	assert_int_equal(a.rows[SE_POSTS][SE_FAILED], 1);
	assert_int_equal(a.rows[SE_COMMENTS][SE_FAILED], 1);
	NUMBER("SELECT count(*) FROM member WHERE handle IN ('user2', 'user3') AND display_name = handle", 2);
	NUMBER("SELECT count(*) FROM fact f JOIN post p ON p.id = f.subject_id WHERE f.origin = 'stackexchange/vote/1' AND "
		   "f.at_ms = p.created_at",
		   1);
	check_counters(cx, store);
}
TEST(import_takes_rows_that_lack_what_is_empty) { on_stores(left_out); }

static Str replaced(Str text, const char *from, const char *to)
{
	Str out = S("");
	for (size_t at; str_find(text, str_from(from), &at);) {
		out = str_format(test_arena(), "%.*s%.*s%s", STR(out), STR(str_sub(text, 0, at)), to);
		text = str_sub(text, at + strlen(from), text.n);
	}
	return str_format(test_arena(), "%.*s%.*s", STR(out), STR(text));
}

static Status vote_tx(Ctx *cx, Tx *tx, void *arg)
{
	int64_t score;
	return community_vote(cx, tx, *(const Id *)arg, 1, cx->actor->id, 0, &score);
}

// The same community a year on: another solution, more votes, closed; and what was done here in the meantime.
static void renewed(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump();
	Town t = {.cx = cx, .store = store};
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	NUMBER("SELECT count(*) FROM topic t JOIN post p ON p.id = t.solution_id WHERE t.origin_id = '1' AND p.origin_id = "
		   "'3'",
		   1);
	Id answer = (Id)test_number(cx, store, "SELECT id FROM post WHERE origin_id = '2'");
	Actor ada = actor_member((Id)test_number(cx, store, "SELECT id FROM member WHERE origin_id = '1'"), S("Ada"),
							 ROLE_MEMBER, AFFILIATION_CUSTOMER);
	cx->actor = &ada;
	assert_ok(cx, store_write(cx, store, vote_tx, &answer));
	cx->actor = NULL;
	Str posts = replaced(joined(ANSWERS, QUESTIONS, WIKIS), "Score=\"2\"", "Score=\"7\"");
	posts = replaced(posts, "AcceptedAnswerId=\"3\"", "AcceptedAnswerId=\"2\"");
	posts = replaced(posts, "\"|gate|\"", "\"|gate|\" ClosedDate=\"" DAY("21") "\"");
	write_rows(dir, SE_POSTS, str_z(cx->arena, posts));
	write_rows(dir, SE_VOTES, str_z(cx->arena, joined(VOTES, VOTE("900", "2", "1", ""), VOTE("901", "2", "2", ""))));
	for (int run = 0; run < 2; run++) {
		assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
		assert_true(se_account_balances(&a));
		assert_int_equal(a.rows[SE_VOTES][SE_IMPORTED], run ? 0 : 2);
		assert_true((a.rows[SE_POSTS][SE_RENEWED] > 0) == (run == 0));
		NUMBER("SELECT count(*) FROM topic t JOIN post p ON p.id = t.solution_id WHERE t.origin_id = '1' AND "
			   "p.origin_id = '2'",
			   1);
		NUMBER("SELECT score FROM post WHERE origin_id = '2'", 8); // seven there and one here
		NUMBER("SELECT score FROM post WHERE origin_id = '3'", 7);
		NUMBER("SELECT count(*) FROM topic WHERE origin_id = '5' AND closed_at IS NOT NULL", 1);
		NUMBER("SELECT count(*) FROM fact f JOIN post p ON p.id = f.subject_id WHERE f.kind = 11 AND p.origin_id = '3'",
			   1);
		town_check_counts(&t);
	}
}
TEST(import_of_a_newer_dump_renews_scores_and_solutions) { on_stores(renewed); }

static void refuse(Ctx *cx, Store *store, Str dir, SeFile file, const char *text, Status want, const char *said)
{
	SeAccount a;
	size_t at;
	small_dump();
	write_file(dir, file, text);
	fail_clear(cx);
	Sizes before = sizes(cx, store);
	assert_status(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a), want);
	if (!str_find(cx->fail_text, str_from(said), &at))
		fail_msg("expected \"%s\", got \"%.*s\"", said, STR(cx->fail_text));
	Sizes after = sizes(cx, store);
	assert_memory_equal(&before, &after, sizeof before);
}

static void refusals(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump();
	refuse(cx, store, dir, SE_BADGES, "<badges><row Id=\"1\"", ST_INVALID, "Badges.xml: line 1, byte ");
	refuse(cx, store, dir, SE_BADGES, "<badges>\n<row Id=\"1\"/></badges>", ST_INVALID, "Badges.xml: line 2, byte 9");
	refuse(cx, store, dir, SE_VOTES, "<!DOCTYPE votes [<!ENTITY a \"b\">]><votes>&a;</votes>", ST_INVALID,
		   "Votes.xml: line 1, byte");
	refuse(cx, store, dir, SE_USERS, "<users>" USER("1", "a") USER("1", "b") "</users>", ST_INVALID,
		   "Id 1 occurs twice");
	// Files are looked through by several threads, but what is told does not depend on which is the first to find something.
	for (int i = 0; i < 20; i++) {
		small_dump();
		write_file(dir, SE_COMMENTS, "<comments><row Id=\"9\"/></comments>");
		write_file(dir, SE_BADGES, "<badges><row/></badges>");
		fail_clear(cx);
		assert_status(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a), ST_INVALID);
		assert_true(str_starts(cx->fail_text, S("Comments.xml: ")));
	}
	small_dump();
	unlink(str_z(cx->arena, str_format(cx->arena, "%.*s/Votes.xml", STR(dir))));
	assert_status(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a), ST_NOT_FOUND);
	NUMBER("SELECT count(*) FROM member", 0);
	NUMBER("SELECT count(*) FROM space", 0);
}
TEST(import_of_a_faulty_dump_changes_nothing) { on_stores(refusals); }

static Status posts_are_all_there(Ctx *cx, Store *store)
{
	int64_t posts = test_number(cx, store, "SELECT count(*) FROM post");
	return posts == 5 ? ST_OK : fail(cx, ST_CONFLICT, "%lld posts", (long long)posts);
}

static Status no_luck(Ctx *cx, UNUSED Store *store) { return fail(cx, ST_BUSY, "the work beside failed"); }

static void beside(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump();
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir, .beside = posts_are_all_there}, &a));
	assert_status(cx, se_import(cx, store, &(SeImportOptions){.dir = dir, .beside = no_luck}, &a), ST_BUSY);
	assert_true(str_eq(cx->fail_text, S("the work beside failed")));
}
TEST(work_beside_an_import_begins_when_the_posts_are_there) { on_stores(beside); }

static void another_source(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump();
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	write_rows(dir, SE_USERS,
			   "<row Id=\"1\" Reputation=\"1\" CreationDate=\"2010-01-01T00:00:00.000\" DisplayName=\"X\" />");
	Sizes before = sizes(cx, store);
	assert_status(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a), ST_CONFLICT);
	Sizes after = sizes(cx, store);
	assert_memory_equal(&before, &after, sizeof before);
}
TEST(import_of_another_source_is_refused) { on_stores(another_source); }

// An imported post can be edited, found and deleted, which takes out of the index exactly what was put in.
static Status edit_tx(Ctx *cx, Tx *tx, void *arg) { return community_edit(cx, tx, arg); }
static Status delete_tx(Ctx *cx, Tx *tx, void *arg) { return community_delete(cx, tx, *(const Id *)arg, true); }

static size_t hits(Ctx *cx, Store *store, Str text)
{
	AUTO(Db) db = NULL;
	SearchHits found;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, community_search(cx, db, &(SearchArgs){.text = text, .solved = -1, .limit = 10}, &found));
	return found.n;
}

static void found_again(Ctx *cx, Store *store)
{
	SeAccount a;
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = small_dump()}, &a));
	assert_int_equal(hits(cx, store, S("gates")), 1);
	Id post = test_number(cx, store, "SELECT id FROM post WHERE origin_id = '1'");
	PostEdit edit = {.post_id = post,
					 .title = S("What is a qubit?"),
					 .tags = S("qubit"),
					 .text = {.source = S("<p>About qubits.</p>")}};
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, community_edit_prepare(cx, db, &edit));
	assert_ok(cx, store_write(cx, store, edit_tx, &edit));
	assert_int_equal(hits(cx, store, S("gates")), 0);
	assert_int_equal(hits(cx, store, S("qubit")), 1);
	assert_ok(cx, store_write(cx, store, delete_tx, &post));
	assert_int_equal(hits(cx, store, S("qubit")), 0);
	assert_int_equal(hits(cx, store, S("answer")), 1);
	check_counters(cx, store);
}
TEST(import_is_searched_and_edited_like_any_post) { on_stores(found_again); }

// The fourth is the acceptance of an answer whose author left.
static void shared(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = small_dump(), posts = joined(ANSWERS, QUESTIONS, WIKIS);
	posts = replaced(posts, "Id=\"3\" PostTypeId",
					 "CommunityOwnedDate=\"2018-03-20T17:00:00.000\" Id=\"3\" PostTypeId");
	write_rows(dir, SE_POSTS, str_z(test_arena(), posts));
	write_rows(dir, SE_VOTES,
			   VOTE("1", "3", "1", "") VOTE("2", "3", "2", "") VOTE("3", "3", "3", "") VOTE("4", "2", "2", ""));
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact WHERE kind IN (6, 7, 10) AND target_id IS NULL"),
					 4);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact WHERE kind = 6 AND target_id IS NOT NULL"), 1);
}
TEST(votes_on_what_belongs_to_everybody_concern_nobody) { on_stores(shared); }

TEST(import_names_the_site_by_its_folder)
{
	Arena *a = test_arena();
	assert_str_equal(se_site_name(a, S("/srv/quantumcomputing-2018-09/")), "quantumcomputing");
	assert_str_equal(se_site_name(a, S("Stack Overflow")), "stack-overflow");
	assert_str_equal(se_site_name(a, S("../stackoverflow.com")), "stackoverflow.com");
	assert_str_equal(se_site_name(a, S("//")), "stackexchange");
}

// The real community.

static int64_t plain_count(Str dir, SeFile file, const char *needle)
{
	Str path = str_format(test_arena(), "%.*s/%s", STR(dir), se_file_name(file));
	FILE *in = fopen(str_z(test_arena(), path), "r");
	assert_non_null(in);
	char line[1 << 16];
	int64_t n = 0;
	while (fgets(line, sizeof line, in)) n += strstr(line, needle) != NULL;
	fclose(in);
	return n;
}

typedef struct Dates {
	SeMap maps[SE_FILES_N]; // of SePerson, for their dates
	SeMap edits, closed;
	int64_t checked;
	Time as_of;
} Dates;

static void date_put(SeMap *map, int64_t source, Time t)
{
	void *v;
	assert_ok(test_ctx(), se_map_put(test_ctx(), map, source, &v));
	((SePerson *)v)->joined_at = t;
}

static Status on_dated(void *arg, const SeRow *row)
{
	Dates *d = arg;
	SeMap *map = &d->maps[row->file];
	switch (row->file) {
	case SE_USERS: date_put(map, row->user.id, row->user.created_at); break;
	case SE_COMMENTS: date_put(map, row->comment.id, row->comment.created_at); break;
	case SE_LINKS: date_put(map, row->link.id, row->link.created_at); break;
	case SE_VOTES: date_put(map, row->vote.id, row->vote.day); break;
	case SE_BADGES: date_put(map, row->badge.id, row->badge.at_ms); break;
	case SE_POSTS:
		date_put(map, row->post.id, row->post.created_at);
		if (row->post.edited_at) date_put(&d->edits, row->post.id, row->post.edited_at);
		if (row->post.closed_at) date_put(&d->closed, row->post.id, row->post.closed_at);
		break;
	case SE_TAGS:
	case SE_FILES_N: break;
	}
	return ST_OK;
}

typedef struct FactDate {
	Str origin;
	Time at_ms;
} FactDate;
static const DbField FACT_DATE[] = {{.name = "origin", .type = DB_TEXT, .offset = offsetof(FactDate, origin)},
									{.name = "at_ms", .type = DB_TIME, .offset = offsetof(FactDate, at_ms)}};
static const DbQuery FACT_DATES = {.name = "fact_dates",
								   .lite = "SELECT origin, at_ms FROM fact WHERE origin LIKE 'stackexchange/%'",
								   .pg = "SELECT origin, at_ms FROM fact WHERE origin LIKE 'stackexchange/%'",
								   .cols = FACT_DATE,
								   .cols_n = 2,
								   .row_bytes = sizeof(FactDate)};

static Status on_fact(void *arg, const void *row)
{
	Dates *d = arg;
	const FactDate *f = row;
	Str channel, what, rest = str_cut(f->origin, '/', &channel);
	int64_t source = 0;
	assert_true(str_int(str_cut(rest, '/', &what), INT64_MIN, INT64_MAX, &source));
	const struct {
		const char *what;
		const SeMap *map;
	} kinds[] = {{"member", &d->maps[SE_USERS]},
				 {"post", &d->maps[SE_POSTS]},
				 {"comment", &d->maps[SE_COMMENTS]},
				 {"link", &d->maps[SE_LINKS]},
				 {"vote", &d->maps[SE_VOTES]},
				 {"badge", &d->maps[SE_BADGES]},
				 {"edit", &d->edits},
				 {"closed", &d->closed}};
	Time want = str_eq(what, S("reputation")) ? d->as_of : 0;
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		const SePerson *p = str_eq(what, str_from(kinds[i].what)) ? se_map_find(kinds[i].map, source) : NULL;
		if (p) want = p->joined_at;
	}
	if (want != f->at_ms)
		fail_msg("%.*s is dated %lld, not %lld", STR(f->origin), (long long)f->at_ms, (long long)want);
	d->checked++;
	return ST_OK;
}

static void check_dates(Ctx *cx, Store *store, Str dir)
{
	AUTO(SeDump) dump = NULL;
	AUTO(Db) db = NULL;
	Dates d = {.as_of = test_number(cx, store, "SELECT max(at_ms) FROM fact WHERE kind = 28")};
	for (SeFile f = 0; f < SE_FILES_N; f++) se_map_init(&d.maps[f], cx->arena, sizeof(SePerson));
	se_map_init(&d.edits, cx->arena, sizeof(SePerson));
	se_map_init(&d.closed, cx->arena, sizeof(SePerson));
	assert_ok(cx, se_dump_open(cx, dir, &dump));
	for (SeFile f = 0; f < SE_FILES_N; f++) assert_ok(cx, se_dump_read(cx, dump, f, on_dated, &d));
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, db_each(cx, db, &FACT_DATES, NULL, on_fact, &d));
	assert_int_equal(d.checked, test_number(cx, store, "SELECT count(*) FROM fact"));
}

static void real(Ctx *cx, Store *store)
{
	SeAccount a;
	Str dir = str_from(test_dump());
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	assert_true(se_account_balances(&a));
	assert_int_equal(se_account_total(&a, SE_FAILED), 0);
	for (SeFile f = 0; f < SE_FILES_N; f++) assert_int_equal(a.read[f], plain_count(dir, f, "<row "));
	assert_int_equal(a.read[SE_VOTES], 12560);
	assert_int_equal(a.rows[SE_VOTES][SE_SKIPPED_NO_POST], 587);
	NUMBER("SELECT count(*) FROM topic", 612);
	NUMBER("SELECT count(*) FROM topic", plain_count(dir, SE_POSTS, " PostTypeId=\"1\" "));
	NUMBER("SELECT count(*) FROM post WHERE number > 0", 1060);
	NUMBER("SELECT count(*) FROM post WHERE number > 0", plain_count(dir, SE_POSTS, " PostTypeId=\"2\" "));
	NUMBER("SELECT count(*) FROM comment", 3413);
	NUMBER("SELECT count(*) FROM topic WHERE solution_id IS NOT NULL", 389);
	NUMBER("SELECT count(*) FROM fact WHERE kind = 10", 389);
	NUMBER("SELECT count(*) FROM tag", 154);
	NUMBER("SELECT count(*) FROM member", 3461);
	if (store_engine(store) == DB_POSTGRES)
		NUMBER("SELECT count(*) FROM post_fts", 612 + 1060); // FTS5 cannot be scanned
	NUMBER("SELECT count(*) FROM badge", plain_count(dir, SE_BADGES, "<row "));
	check_counters(cx, store);
	check_dates(cx, store, dir);
	Sizes before = sizes(cx, store);
	assert_ok(cx, se_import(cx, store, &(SeImportOptions){.dir = dir}, &a));
	assert_int_equal(se_account_total(&a, SE_IMPORTED), 0);
	assert_true(se_account_balances(&a));
	Sizes after = sizes(cx, store);
	assert_memory_equal(&before, &after, sizeof before);
}
TEST(import_of_a_real_community)
{
	if (!test_dump()) SKIP("no ../shared/data");
	on_stores(real);
}

// An import that is killed and run again ends like one that was not.

static Store *site_at(Ctx *cx, const char *name)
{
	Store *store;
	MigrationSet sets[] = {{core_migrations, core_migrations_n},
						   {members_migrations, members_migrations_n},
						   {community_migrations, community_migrations_n}};
	Str path = str_format(cx->arena, "%s/%s.db", test_dir(), name);
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = path, .readers = 1}, &store));
	assert_ok(cx, store_migrate(cx, store, sets, COUNTOF(sets)));
	return store;
}

static void die_at(void *arg, const SeProgress *p)
{
	const int64_t *rows = arg;
	if (p->rows && p->done >= *rows) _exit(0);
}

static void import_until(Ctx *cx, int64_t rows)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		SeAccount a;
		Store *store = site_at(cx, "killed");
		Status st = se_import(
			cx, store, &(SeImportOptions){.dir = str_from(test_dump()), .progress = die_at, .progress_arg = &rows}, &a);
		_exit(st == ST_OK ? 2 : 3);
	}
	int how = 0;
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

TEST(import_goes_on_after_being_killed)
{
	if (!test_dump()) SKIP("no ../shared/data");
	Ctx *cx = test_ctx();
	SeAccount a;
	(void)test_dir(); // the parent's, before there are children
	static const int64_t AT[] = {2000, 4000, 6000, 9000, 16000, 26000};
	for (size_t i = 0; i < COUNTOF(AT); i++) {
		test_clock_set(TEST_TIME + (Time)(i + 1) * TIME_MINUTE_MS); // else ids would be made twice
		import_until(cx, AT[i]);
	}
	test_clock_set(TEST_TIME + TIME_HOUR_MS);
	Store *killed = site_at(cx, "killed"), *whole = site_at(cx, "whole");
	SeImportOptions options = {.dir = str_from(test_dump())};
	assert_ok(cx, se_import(cx, killed, &options, &a));
	assert_true(se_account_balances(&a));
	assert_in_range(se_account_total(&a, SE_UNCHANGED), 10000, 26571);
	assert_ok(cx, se_import(cx, whole, &options, &a));
	Sizes x = sizes(cx, killed), y = sizes(cx, whole);
	assert_memory_equal(&x, &y, sizeof x);
	check_counters(cx, killed);
	assert_ok(cx, store_check(cx, killed));
	store_close(killed);
	store_close(whole);
}
