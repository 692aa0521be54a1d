// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stackexchange/dump.h"

#include <stdio.h>
#include <sys/stat.h>

#include "stackexchange/account.h"
#include "test.h"

#define VOTES(rows) "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<votes>\n" rows "</votes>"
#define VOTE "<row Id=\"7\" PostId=\"3\" VoteTypeId=\"2\" CreationDate=\"2018-03-12T00:00:00.000\" />\n"

typedef struct Last {
	SeRow row;
	int64_t line;
} Last;

static Status keep_last(void *arg, const SeRow *row)
{
	*(Last *)arg = (Last){*row, se_row_line(row)};
	return ST_OK;
}

static void check_refused(SeFile file, Str xml, const char *said)
{
	Ctx *cx = test_ctx();
	int64_t rows;
	size_t at;
	fail_clear(cx);
	assert_status(cx, se_dump_read_bytes(cx, file, xml, NULL, NULL, &rows), ST_INVALID);
	if (!str_find(cx->fail_text, str_from(said), &at))
		fail_msg("expected \"%s\", got \"%.*s\"", said, STR(cx->fail_text));
}

TEST(dump_reads_typed_rows)
{
	Last last;
	int64_t rows;
	assert_ok(test_ctx(), se_dump_read_bytes(test_ctx(), SE_VOTES, S(VOTES(VOTE)), keep_last, &last, &rows));
	assert_int_equal(rows, 1);
	assert_int_equal(last.row.vote.id, 7);
	assert_int_equal(last.row.vote.type, SE_VOTE_UP);
	assert_int_equal(last.row.vote.day, 1520812800000);
	assert_int_equal(last.line, 3);
	assert_int_equal(last.row.byte, 50);
}

TEST(dump_names_file_and_byte_of_a_defect)
{
	check_refused(SE_VOTES, S(VOTES("<row PostId=\"3\"/>\n")), "Votes.xml: line 3, byte 50: Id is missing");
	check_refused(SE_VOTES, S(VOTES("<row Id=\"x\"/>")), "Id not a number");
	check_refused(SE_VOTES, S(VOTES("<row Id=\"99999999999999999999\"/>")), "Id not a number");
	check_refused(SE_VOTES, S(VOTES("<row Id=\"1\" CreationDate=\"yesterday\"/>")), "CreationDate not a date");
	check_refused(SE_VOTES, S(VOTES("<col/>")), "where a row was expected");
	check_refused(
		SE_VOTES,
		S(VOTES("<row Id=\"1\" PostId=\"1\" VoteTypeId=\"2\" CreationDate=\"2018-03-12T00:00:00.000\"><b/></row>")),
		"inside a row");
	check_refused(SE_POSTS, S(VOTES(VOTE)), "expected <posts>");
	check_refused(SE_VOTES, S("<votes>" VOTE), "cut off");
	check_refused(SE_VOTES, S("<votes>" VOTE "<row Id=\"1"), "cut off");
	check_refused(SE_VOTES, S("<votes><row Id=\"1\" Id=\"2\"/></votes>"), "duplicate attribute");
	check_refused(SE_VOTES, S("<votes></users>"), "mismatched tag");
	check_refused(SE_VOTES, S(""), "no element found");
	check_refused(SE_USERS, S("<users><row DisplayName=\"\xff\"/></users>"), "not well-formed");
	check_refused(SE_USERS, S("<users><row DisplayName=\"\xed\xa0\x80\"/></users>"), "not well-formed");
	check_refused(SE_USERS, S("<users><row DisplayName=\"&#0;\"/></users>"), "invalid character");
	check_refused(SE_USERS, S("<users><row DisplayName=\"&nbsp;\"/></users>"), "undefined entity");
}

TEST(dump_refuses_entities)
{
	check_refused(SE_VOTES, S("<!DOCTYPE votes [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;&a;\">]><votes>&c;</votes>"),
				  "DOCTYPE");
	check_refused(SE_VOTES, S("<!DOCTYPE votes SYSTEM \"file:///etc/passwd\"><votes/>"), "DOCTYPE");
}

TEST(dump_bounds_rows_and_fields)
{
	Buf b = buf_init(test_arena(), (size_t)2 << 20, (size_t)4 << 20);
	buf_z(&b, "<users><row Id=\"1\" DisplayName=\"");
	for (size_t i = 0; i < 2000; i++) buf_char(&b, 'a');
	Buf endless = b;
	buf_z(&b, "\"/></users>");
	check_refused(SE_USERS, buf_view(&b), "DisplayName too long");
	endless.n = b.n;
	while (endless.n < (size_t)2 << 20) buf_char(&endless, 'a');
	endless.p[b.n - 1] = endless.p[b.n - 10] = endless.p[b.n - 11] = 'a';
	for (size_t i = 32; i < endless.n; i++) endless.p[i] = 'a';
	check_refused(SE_USERS, buf_view(&endless), "no row ends within");
}

TEST(dump_stops_when_the_callback_does)
{
	int64_t rows = -1;
	Ctx *cx = test_ctx();
	Last last;
	assert_status(cx, se_dump_read_bytes(cx, SE_VOTES, S("<votes>" VOTE "<row/></votes>"), keep_last, &last, &rows),
				  ST_INVALID);
	assert_int_equal(last.row.vote.id, 7);
	assert_int_equal(rows, -1);
}

TEST(dump_tags_of_both_ages)
{
	Str tags = S("<c++><q#>"), tag;
	assert_true(se_tags_next(&tags, &tag));
	assert_str_equal(tag, "c++");
	assert_true(se_tags_next(&tags, &tag));
	assert_str_equal(tag, "q#");
	assert_false(se_tags_next(&tags, &tag));
	tags = S("|a|b|");
	assert_true(se_tags_next(&tags, &tag) && se_tags_next(&tags, &tag));
	assert_str_equal(tag, "b");
	assert_false(se_tags_next(&tags, &tag));
}

TEST(dump_license_by_day)
{
	assert_str_equal(se_license(1525219199999, str_none()), "CC BY-SA 3.0");
	assert_str_equal(se_license(1525219200000, str_none()), "CC BY-SA 4.0");
	assert_str_equal(se_license(1262304000000, str_none()), "CC BY-SA 2.5");
	assert_str_equal(se_license(0, S("CC0")), "CC0");
}

TEST(dump_needs_every_file)
{
	Ctx *cx = test_ctx();
	const char *dir = test_dir();
	AUTO(SeDump) dump = NULL;
	assert_status(cx, se_dump_open(cx, S("/nonexistent/dump"), &dump), ST_NOT_FOUND);
	size_t at;
	for (SeFile f = 0; f < SE_FILES_N; f++) {
		fail_clear(cx);
		assert_status(cx, se_dump_open(cx, str_from(dir), &dump), ST_NOT_FOUND);
		assert_true(str_find(cx->fail_text, str_from(se_file_name(f)), &at));
		FILE *out = fopen(str_z(cx->arena, str_format(cx->arena, "%s/%s", dir, se_file_name(f))), "w");
		assert_non_null(out);
		fputs("<x/>", out);
		fclose(out);
	}
	assert_ok(cx, se_dump_open(cx, str_from(dir), &dump));
	assert_status(cx, se_dump_read(cx, dump, SE_USERS, NULL, NULL), ST_INVALID);
}

TEST(account_balances)
{
	SeAccount account = {0};
	se_account_read(&account, SE_VOTES, 2);
	se_account_count(&account, SE_VOTES, SE_IMPORTED);
	assert_false(se_account_balances(&account));
	Buf b = buf_init(test_arena(), 0, 8192);
	se_account_write(&b, &account);
	size_t at;
	assert_true(str_find(buf_view(&b), S("1 UNACCOUNTED FOR"), &at));
	se_account_count(&account, SE_VOTES, SE_SKIPPED_NO_POST);
	assert_true(se_account_balances(&account));
	assert_int_equal(se_account_total(&account, SE_IMPORTED), 1);
}

// Where the data lies: beside the checkout, from wherever the tests are run.
// grep's count: other means than the reader.
static int64_t grep_count(const char *dir, SeFile file, const char *pattern)
{
	Str command = str_format(test_arena(), "grep -c '%s' '%s/%s'", pattern, dir, se_file_name(file));
	FILE *p = popen(str_z(test_arena(), command), "r");
	long long n = -1;
	assert_non_null(p);
	assert_int_equal(fscanf(p, "%lld", &n), 1);
	pclose(p);
	return n;
}

typedef struct Counts {
	int64_t questions, answers, accepted, up_votes;
} Counts;

static Status count_row(void *arg, const SeRow *row)
{
	Counts *c = arg;
	if (row->file == SE_VOTES) c->up_votes += row->vote.type == SE_VOTE_UP;
	if (row->file != SE_POSTS) return ST_OK;
	c->questions += row->post.type == SE_QUESTION;
	c->answers += row->post.type == SE_ANSWER;
	c->accepted += row->post.accepted_answer_id != 0;
	return ST_OK;
}

TEST(dump_counts_of_a_real_community)
{
	const char *dir = test_dump();
	if (!dir) SKIP("../shared/data/stackexchange/quantumcomputing-2018-09 is not here");
	Ctx *cx = test_ctx();
	AUTO(SeDump) dump = NULL;
	assert_ok(cx, se_dump_open(cx, str_from(dir), &dump));
	for (SeFile f = 0; f < SE_FILES_N; f++) {
		assert_ok(cx, se_dump_read(cx, dump, f, NULL, NULL));
		assert_int_equal(se_dump_rows(dump, f), grep_count(dir, f, "^  <row Id="));
	}
	Counts c = {0};
	assert_ok(cx, se_dump_read(cx, dump, SE_POSTS, count_row, &c));
	assert_ok(cx, se_dump_read(cx, dump, SE_VOTES, count_row, &c));
	assert_int_equal(c.questions, grep_count(dir, SE_POSTS, " PostTypeId=\"1\" "));
	assert_int_equal(c.answers, grep_count(dir, SE_POSTS, " PostTypeId=\"2\" "));
	assert_int_equal(c.accepted, grep_count(dir, SE_POSTS, " AcceptedAnswerId=\""));
	assert_int_equal(c.up_votes, grep_count(dir, SE_VOTES, " VoteTypeId=\"2\" "));
}
