// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/form.h"
#include "web/web.h"

#include "test.h"

#include <stdio.h>

static const FormField FIELDS[] = {
	LINE("title", 1, 10, "error.title"),
	TEXT("body", 0, 20, "error.body"),
	WORDS("tags", 0, 20, "error.tags"),
	SECRET("password", 0, 20, "error.password"),
	INTEGER("page", -5, 5, "error.page"),
	IDENT("topic", 0, "error.topic"),
	FLAG("notify"),
	WORDS("tags", 0, 20, "error.tags"),
	NEEDED_INTEGER("vote", -1, 1, "error.vote"),
};
static const Route ROUTE = {.form = FORM(FIELDS)};

static Req parse(const char *body, Status want)
{
	Ctx *cx = test_ctx();
	Req req = {.route = &ROUTE};
	Str token = str_none();
	fail_clear(cx);
	Status st = form_parse_urlencoded(cx, &req, str_from(body), &token);
	if (st != want) fail_msg("%s gave %s: %.*s", body, status_name(st), STR(cx->fail_text));
	return req;
}

static bool wrong(const char *field)
{
	const Ctx *cx = test_ctx();
	for (size_t i = 0; i < cx->field_errors_n; i++)
		if (strcmp(cx->field_errors[i].field, field) == 0) return true;
	return false;
}

TEST(form_reads_declared_fields)
{
	Req req = parse("title=+a%20b%2b+&body=x%0D%0Ay%0Dz&password=+p+&page=-5&topic=4K2&notify=on&vote=0&other=1",
					ST_OK);
	assert_str_equal(req_str(&req, "title"), "a b+");
	assert_str_equal(req_str(&req, "body"), "x\ny\nz");
	assert_str_equal(req_str(&req, "password"), " p ");
	assert_int_equal(req_int(&req, "page"), -5);
	assert_int_equal(req_id(&req, "topic"), 4 * 1024 + 19 * 32 + 2);
	assert_true(req_int(&req, "notify") == 1 && req_given(&req, "vote"));
}

TEST(form_absent_fields)
{
	Req req = parse("title=x&vote=1", ST_OK);
	assert_null(req_str(&req, "body").p);
	assert_true(!req_given(&req, "body") && !req_given(&req, "page") && req_int(&req, "page") == 0 &&
				req_id(&req, "topic") == 0);
	assert_int_equal(req_int(&req, "notify"), 0);
	req = parse("title=x&vote=1&page=&topic=&notify=0", ST_OK); // left empty in a browser
	assert_true(!req_given(&req, "page") && req_id(&req, "topic") == 0 && req_int(&req, "notify") == 0);
	parse("title=x&vote=1&notify=false", ST_OK);
}

TEST(form_values_that_do_not_fit)
{
	static const struct {
		const char *body, *field;
	} rows[] = {
		{"vote=1", "title"},
		{"title=&vote=1", "title"},
		{"title=+++&vote=1", "title"},
		{"title=%00&vote=1", NULL}, // repaired, not empty
		{"title=12345678901&vote=1", "title"},
		{"title=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9&vote=1", "title"}, // 12 bytes
		{"title=x&vote=1&body=123456789012345678901", "body"},
		{"title=x&vote=1&page=6", "page"},
		{"title=x&vote=1&page=-6", "page"},
		{"title=x&vote=1&page=1x", "page"},
		{"title=x&vote=1&page=99999999999999999999", "page"},
		{"title=x&vote=1&topic=u", "topic"},
		{"title=x&vote=1&topic=0", "topic"},
		{"title=x", "vote"},
		{"title=x&vote=", "vote"},
		{"title=x&vote=2", "vote"},
	};
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		parse(rows[i].body, rows[i].field ? ST_INVALID : ST_OK);
		if (rows[i].field && (!wrong(rows[i].field) || test_ctx()->field_errors_n != 1)) fail_msg("%s", rows[i].body);
	}
	Req req = parse("title=much+too+long&page=9&body=kept", ST_INVALID);
	assert_true(wrong("title") && wrong("page") && wrong("vote")); // all of them at once
	assert_str_equal(req_str(&req, "title"), "much too long");
	assert_str_equal(req_str(&req, "body"), "kept");
	assert_str_equal(req_str(&req, "page"), "9");
}

TEST(form_malformed_percent_encoding)
{
	static const char *const bad[] = {"title=%", "title=%4",     "title=%4g",   "title=x&vote=1&z=%zz",
									  "%=1",     "title=x&%4=1", "title=a%%20b"};
	for (size_t i = 0; i < COUNTOF(bad); i++) parse(bad[i], ST_BAD_REQUEST);
}

TEST(form_cleans_text)
{
	Req req = parse("title=a%09b%0Ac%7F&vote=1&body=%FFtab%09", ST_OK);
	assert_str_equal(req_str(&req, "title"), "a b c");
	assert_str_equal(req_str(&req, "body"), "\xef\xbf\xbdtab\t");
	req = parse("title=first&title=second&vote=1", ST_OK);
	assert_str_equal(req_str(&req, "title"), "first");
	req = parse("&&title=x&=y&vote=1&", ST_OK);
	assert_str_equal(req_str(&req, "title"), "x");
}

TEST(form_has_a_maximum_of_pairs)
{
	Buf b = buf_init(test_arena(), 4096, 65536);
	buf_str(&b, S("title=x&vote=1"));
	for (int i = 2; i < FORM_PAIRS_MAX; i++) buf_str(&b, S("&a=1"));
	parse(str_z(test_arena(), buf_view(&b)), ST_OK);
	buf_str(&b, S("&a=1"));
	parse(str_z(test_arena(), buf_view(&b)), ST_BAD_REQUEST);
}

TEST(form_peeks)
{
	Arena *a = test_arena();
	assert_str_equal(form_peek(a, S("a=1&next=%2Ft+x&next=2"), S("next")), "/t x");
	assert_null(form_peek(a, S("a=1&nexts=2"), S("next")).p);
	assert_null(form_peek(a, S("next=%z"), S("next")).p);
	assert_null(form_peek(a, str_none(), S("next")).p);
}

TEST(url_encoding_round_trip)
{
	Ctx *cx = test_ctx();
	for (int i = 0; i < 3000; i++) {
		char bytes[50];
		cx->rng->fill(cx->rng->self, bytes, sizeof bytes);
		Str s = {bytes, (size_t)i % sizeof bytes};
		Buf b = buf_init(cx->arena, 64, 4096);
		buf_url_encoded(&b, s);
		assert_true(str_eq(url_decode(cx->arena, buf_view(&b), i % 2), s));
	}
	assert_str_equal(url_decode(cx->arena, S("a+b%2B"), true), "a b+");
	assert_str_equal(url_decode(cx->arena, S("a+b"), false), "a+b");
	assert_non_null(url_decode(cx->arena, str_none(), false).p);
}

static Status parse_json(const char *body, Req *ret_req)
{
	*ret_req = (Req){.route = &ROUTE};
	fail_clear(test_ctx());
	return form_parse_json(test_ctx(), ret_req, str_from(body));
}

TEST(form_json_types)
{
	Req req;
	assert_ok(
		test_ctx(),
		parse_json(
			"{\"title\":\" t \",\"tags\":[\"a\",\"b c\"],\"page\":-3,\"topic\":\"4k2\",\"notify\":true,\"vote\":1}",
			&req));
	assert_str_equal(req_str(&req, "title"), "t");
	assert_str_equal(req_str(&req, "tags"), "a b c");
	assert_true(req_int(&req, "page") == -3 && req_id(&req, "topic") && req_int(&req, "notify") == 1 &&
				req_int(&req, "vote") == 1);
	assert_ok(test_ctx(), parse_json("{\"title\":\"t\",\"vote\":0,\"notify\":false,\"page\":null,\"tags\":[]}", &req));
	assert_true(req_int(&req, "notify") == 0 && !req_given(&req, "page") && req_given(&req, "vote"));
	assert_int_equal(parse_json("{\"title\":\"t\",\"vote\":null}", &req), ST_INVALID);
	assert_int_equal(parse_json("{\"title\":\"t\",\"vote\":1,\"page\":99999999999999999999}", &req), ST_BAD_REQUEST);
	assert_int_equal(parse_json("{\"title\":\"t\",\"vote\":1,\"tags\":[1]}", &req), ST_BAD_REQUEST);
	assert_int_equal(parse_json("{\"title\":\"t\",\"vote\":1,\"tags\":[[\"a\"]]}", &req), ST_BAD_REQUEST);
	assert_int_equal(parse_json("{\"title\":\"t\",\"vote\":1,\"body\":[\"a\"]}", &req),
					 ST_BAD_REQUEST); // only words may be a list
	static const char *const OTHER[] = {
		"\"vote\":\"1\"",          "\"vote\":true",         "\"vote\":1.0",          "\"vote\":1,\"notify\":\"no\"",
		"\"vote\":1,\"notify\":1", "\"vote\":1,\"body\":7", "\"vote\":1,\"topic\":7"};
	for (size_t i = 0; i < COUNTOF(OTHER); i++)
		assert_int_equal(
			parse_json(str_z(test_arena(), str_format(test_arena(), "{\"title\":\"t\",%s}", OTHER[i])), &req),
			ST_BAD_REQUEST);
	assert_int_equal(parse_json("{\"title\":\"t\",\"vote\":1,\"Title\":\"x\"}", &req), ST_BAD_REQUEST);
	assert_int_equal(parse_json(NULL, &req), ST_BAD_REQUEST);
	Buf deep = buf_init(test_arena(), 1 << 17, 1 << 18);
	for (int i = 0; i < 100000; i++) buf_char(&deep, '[');
	assert_int_equal(form_parse_json(test_ctx(), &req, buf_view(&deep)), ST_BAD_REQUEST);
}
