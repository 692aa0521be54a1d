// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/html.h"

#include "test.h"

static Html writer(void) { return buf_init(test_arena(), 64, BUF_MAX_BYTES); }

#define WRITES(macro, value, want)                                                                                     \
	do {                                                                                                               \
		Html w_ = writer();                                                                                            \
		macro(&w_, (value));                                                                                           \
		assert_str_equal(buf_view(&w_), want);                                                                         \
	} while (0)

TEST(html_text_escapes_what_opens_markup)
{
	WRITES(HTML_TEXT, S(""), "");
	WRITES(HTML_TEXT, S("plain"), "plain");
	WRITES(HTML_TEXT, S("<b>&\"'</b>"), "&lt;b&gt;&amp;\"'&lt;/b&gt;");
	WRITES(HTML_TEXT, S("\xc3\xbc \xe2\x82\xac"), "\xc3\xbc \xe2\x82\xac");
	WRITES(HTML_TEXT, (const char *)NULL, "");
	WRITES(HTML_TEXT, ((SafeHtml){S("<em>x</em>")}), "<em>x</em>");
}

TEST(html_text_writes_every_integer_type)
{
	WRITES(HTML_TEXT, (int8_t)-7, "-7");
	WRITES(HTML_TEXT, (uint8_t)200, "200");
	WRITES(HTML_TEXT, (uint16_t)65535, "65535");
	WRITES(HTML_TEXT, INT64_MIN, "-9223372036854775808");
	WRITES(HTML_TEXT, UINT64_MAX, "18446744073709551615");
	WRITES(HTML_TEXT, (size_t)12, "12");
	WRITES(HTML_TEXT, ID(1234567), "15nm7");
}

TEST(html_attr_escapes_both_quotes)
{
	WRITES(HTML_ATTR, S("a\"b'c<d>&"), "a&#34;b&#39;c&lt;d&gt;&amp;");
	WRITES(HTML_ATTR, "z\"", "z&#34;");
}

TEST(html_names_break_where_they_read_well)
{
	WRITES(HTML_TEXT, NAME(S("")), "");
	WRITES(HTML_TEXT, NAME(S("owl_of_it")), "owl_of_it"); // short enough for every place
	WRITES(HTML_TEXT, NAME(S("owl_of_the_wood")), "owl_<wbr>of_<wbr>the_<wbr>wood");
	WRITES(HTML_TEXT, NAME(S("old-man.of.the__sea_")), "old-<wbr>man.<wbr>of.<wbr>the__<wbr>sea_");
	WRITES(HTML_TEXT, NAME(S("TheLeftHandOf42Routers")), "The<wbr>Left<wbr>Hand<wbr>Of<wbr>42Routers");
	WRITES(HTML_TEXT, NAME(S("abcdefghijklmnopqrst")), "abcdefghijklmnopqrst");
	WRITES(HTML_TEXT, NAME(S("abcdefghijklmnopqrstu")), "abcdefghijkl<wbr>mnopqrstu");
	WRITES(HTML_TEXT, NAME(S("a<b>&c_of_the_wood")), "a&lt;b&gt;&amp;c_<wbr>of_<wbr>the_<wbr>wood");
	WRITES(HTML_TEXT, NAME(S("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d")), "<bdi>\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d</bdi>");
	WRITES(HTML_TEXT, NAME(S("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d_\xd7\xa9\xd7\x9c")), // letters of it never break
		   "<bdi>\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d_<wbr>\xd7\xa9\xd7\x9c</bdi>");
	WRITES(HTML_ATTR, NAME(S("the_left_hand\"_of")), "the_left_hand&#34;_of");
}

TEST(html_url_allows_relative_http_and_mail_only)
{
	WRITES(HTML_URL, S("/t/4k2?a=1&b=2#x"), "/t/4k2?a=1&amp;b=2#x");
	WRITES(HTML_URL, S("https://a.example/x y"), "https://a.example/x%20y");
	WRITES(HTML_URL, S("HTTP://a.example"), "HTTP://a.example");
	WRITES(HTML_URL, S("mailto:a@b.example"), "mailto:a@b.example");
	WRITES(HTML_URL, S("?q=a:b"), "?q=a:b");
	WRITES(HTML_URL, S("/a:b"), "/a:b");
	WRITES(HTML_URL, S("/\\evil.example"), "/%5Cevil.example");
	WRITES(HTML_URL, S("/a\"b'<c>"), "/a%22b&#39;%3Cc%3E");
	WRITES(HTML_URL, S("/%20already"), "/%20already");
}

TEST(html_url_refuses_other_schemes_however_written)
{
	WRITES(HTML_URL, S("javascript:alert(1)"), "about:invalid");
	WRITES(HTML_URL, S(" \t\nJaVaScRiPt:alert(1)"), "about:invalid");
	WRITES(HTML_URL, S("java\tscript:alert(1)"), "about:invalid");
	WRITES(HTML_URL, S("\x01javascript:alert(1)"), "about:invalid");
	WRITES(HTML_URL, S("data:text/html,x"), "about:invalid");
	WRITES(HTML_URL, S("vbscript:x"), "about:invalid");
	WRITES(HTML_URL, S(":x"), "about:invalid");
	WRITES(HTML_URL, S("httpx://a"), "about:invalid");
}

TEST(html_urlpart_keeps_only_unreserved)
{
	WRITES(HTML_URLPART, S("azAZ09-._~"), "azAZ09-._~");
	WRITES(HTML_URLPART, S("a b/\xc3\xbc&?#:%"), "a%20b%2F%C3%BC%26%3F%23%3A%25");
	WRITES(HTML_URLPART, S("!\"$'()*+,;<=>@[\\]^`{|}\x7f"),
		   "%21%22%24%27%28%29%2A%2B%2C%3B%3C%3D%3E%40%5B%5C%5D%5E%60%7B%7C%7D%7F");
	WRITES(HTML_URLPART, 12, "12");
}

TEST(html_json_cannot_close_its_script)
{
	WRITES(HTML_JSON, ((JsonText){S("{\"a\":\"</script><!--&\"}")}),
		   "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}");
}

// Several bytes are looked at together: wherever in a text of any length the ones to be escaped stand.
TEST(html_escapes_at_every_place)
{
	for (size_t n = 1; n <= 14; n++)
		for (unsigned at = 0; at < 1U << n; at += n < 8 ? 1 : 37) {
			char text[14];
			Html want = writer(), w = writer(), part = writer();
			for (size_t i = 0; i < n; i++) {
				text[i] = at >> i & 1 ? '<' : 'a';
				buf_z(&want, at >> i & 1 ? "&lt;" : "a");
			}
			html_text_str(&w, (Str){text, n});
			assert_true(str_eq(buf_view(&w), buf_view(&want)));
			html_urlpart_str(&part, (Str){text, n});
			assert_int_equal(part.n, n + (size_t)__builtin_popcount(at) * 2);
		}
}

TEST(html_count_groups_thousands)
{
	WRITES(HTML_COUNT, 0, "0");
	WRITES(HTML_COUNT, 999, "999");
	WRITES(HTML_COUNT, 1000, "1,000");
	WRITES(HTML_COUNT, -1234567,
		   "\xe2\x88\x92"
		   "1,234,567");
	WRITES(HTML_COUNT, UINT64_MAX, "18,446,744,073,709,551,615");
	WRITES(HTML_COUNT, INT64_MIN,
		   "\xe2\x88\x92"
		   "9,223,372,036,854,775,808");
}

TEST(html_time_is_absolute_and_absent_when_zero)
{
	Time t = 1520879289000;
	WRITES(HTML_DATETIME, t, "2018-03-12T18:28:09Z");
	WRITES(html_time, t, "<time datetime=\"2018-03-12T18:28:09Z\">12 Mar 2018, 18:28</time>");
	WRITES(html_date, t, "<time datetime=\"2018-03-12T18:28:09Z\">12 Mar 2018</time>");
	WRITES(html_time, 0, "");
	WRITES(html_text_time, 1, "1\u00a0Jan\u00a01970,\u00a000:00");
}

TEST(html_stops_at_the_maximum_of_its_buffer)
{
	Html w = buf_init(test_arena(), 4, 8);
	HTML_TEXT(&w, S("<<<<<<"));
	assert_true(w.overflow);
	assert_true(w.n <= 8);
}
