// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/plain.h"

#include "test.h"

TEST(plain_reads_safe_html)
{
	Arena *a = test_arena();
	assert_str_equal(html_plain(a, S("<p>a <em>b</em>c</p>\n<p>d</p>"), 100), "a bc d");
	assert_str_equal(html_plain(a, S("x<br>y<img src=\"https://i\" alt=\"A &amp; B\" loading=\"lazy\">"), 100),
					 "x yA & B");
	assert_str_equal(html_plain(a, S("1 &lt; 2 &amp;lt; &quot;q&quot; &hellip; & &zz"), 100),
					 "1 < 2 &lt; \"q\" \xe2\x80\xa6 & &zz");
	assert_str_equal(html_plain(a, S("<table><tr><td>a</td><td>b</td></tr></table>"), 100), "a b");
	assert_str_equal(html_plain(a, S(""), 100), "");
	assert_str_equal(html_plain(a, S("a <b"), 100), "a");
}

TEST(plain_cuts_at_words_and_characters)
{
	Arena *a = test_arena();
	assert_str_equal(html_plain(a, S("hello wonderful world"), 17), "hello wonderful");
	assert_str_equal(html_plain(a, S("hello wonderful world"), 15), "hello wonderful");
	assert_str_equal(html_plain(a, S("\xc3\xa9\xc3\xa9\xc3\xa9"), 3), "\xc3\xa9");
	for (size_t n = 0; n < 40; n++) {
		Str s = html_plain(a, S("<p>\xe2\x82\xac\xf0\x9f\x98\x80 &amp;&amp; \xe2\x82\xac\xe2\x82\xac word</p>"), n);
		assert_true(s.n <= n && utf8_valid(s));
	}
}

// Byte by byte: of all white space one space, none at the ends.
static Str collapsed(Arena *a, Str s)
{
	Buf b = buf_init(a, 64, 4096);
	bool space = false;
	for (size_t i = 0; i < s.n; i++) {
		bool is_space = s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r');
		if (!is_space && space && b.n) buf_char(&b, ' ');
		if (!is_space) buf_char(&b, s.p[i]);
		space = is_space;
	}
	return buf_view(&b);
}

TEST(plain_collapses_white_space_wherever_it_stands)
{
	static const char LETTERS[] = "abcdefghijklmnopq.,!?'\x7f\x01   \n\t\r";
	Arena *a = test_arena();
	for (int i = 0; i < 20000; i++) {
		uint8_t r[64];
		char text[64];
		test_ctx()->rng->fill(test_ctx()->rng->self, r, sizeof r);
		for (size_t k = 0; k < sizeof r; k++) text[k] = LETTERS[r[k] % (i % 4 ? sizeof LETTERS - 1 : 25)];
		Str s = {text, (size_t)i % 64}, plain = html_plain(a, s, 200);
		assert_true(str_eq(plain, collapsed(a, s)));
		Str cut = html_plain(a, s, (size_t)i % 50);
		assert_true(cut.n <= (size_t)i % 50 && str_starts(plain, cut));
	}
}

static bool match_cat(void *arg, Str word)
{
	(void)arg;
	return str_eq_nocase(word, S("cat")) || str_eq_nocase(word, S("caf\xc3\xa9"));
}

TEST(snippet_marks_words)
{
	Arena *a = test_arena();
	SnippetSpec spec = {.text = S("A cat & a <Cat>, cats."), .max_bytes = 100, .match = match_cat};
	assert_str_equal(snippet_make(a, &spec).s, "A <mark>cat</mark> &amp; a &lt;<mark>Cat</mark>&gt;, cats.");
	spec.text = S("Le caf\xc3\xa9.");
	assert_str_equal(snippet_make(a, &spec).s, "Le <mark>caf\xc3\xa9</mark>.");
	spec.text = S("");
	assert_str_equal(snippet_make(a, &spec).s, "");
}

TEST(snippet_shows_where_matches_are)
{
	Arena *a = test_arena();
	Buf b = buf_init(a, 0, 1 << 16);
	for (int i = 0; i < 400; i++) buf_z(&b, i == 20 ? "cat " : i == 300 || i == 302 ? "cat, cat " : "word ");
	SnippetSpec spec = {.text = buf_view(&b), .max_bytes = 200, .match = match_cat};
	Str s = snippet_make(a, &spec).s;
	size_t marks = 0, at;
	assert_true(str_starts(s, S("\xe2\x80\xa6 word")));
	assert_true(str_ends(s, S("\xe2\x80\xa6")));
	for (Str rest = s; str_find(rest, S("<mark>cat</mark>"), &at); rest = str_sub(rest, at + 1, rest.n)) marks++;
	assert_int_equal(marks, 4);
	assert_true(s.n < 300);
}
