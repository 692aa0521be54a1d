// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/cut.h"

#include "base/buf.h"
#include "test.h"
#include "text/plain.h"

static const struct {
	const char *text, *left; // of which white space is taken together
} SAID[] = {
	{"I agree.\n> you said\n> that it works\nBut no.", "I agree. But no."},
	{"On Mon, 3 May 2021, Ada wrote:\n> it is bad\nI like it.", "I like it."},
	{"Am 3. Mai schrieb Ada:\n\n> schlecht\nSehr gut!", "Sehr gut!"},
	{"Thanks!\n\n-----Original Message-----\nFrom: x\nterrible", "Thanks!"},
	{"Danke\n\nVon: Ada <ada@example.org>\nGesendet: heute\nalles schlecht", "Danke"},
	{"Try this:\n```sh\nrm -rf bad\n```\nWorks for me.", "Try this: Works for me."},
	{"Never closed:\n~~~\nbad bad", "Never closed:"},
	{"Look:\n\n    bad_code();\n    more();\n\nNice.", "Look: Nice."},
	{"- a list\n\n    that goes on\n", "- a list that goes on"},
	{"Use `kill bad` or ``x``, it's fine", "Use or , it's fine"},
	{"It says\n2024-01-02 10:11:12,345 ERROR [main] it failed badly\nwhat now?", "It says what now?"},
	{"It died:\njava.lang.NullPointerException: bad\n\tat a.b.C.d(C.java:12)\n\t... 3 more\nHelp!", "It died: Help!"},
	{"Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    bad()\nTypeError: bad\nAny idea?",
	 "Any idea?"},
	{"Jan 12 03:04:05 host sshd[123]: error: bad\nok", "ok"},
	{"$ make bad\nit builds", "it builds"},
	{"Great phone.\n-- \nAda, Awful Inc.", "Great phone."},
	{"Super.\n\nMit freundlichen Grüßen\nAda Schlimm", "Super."},
	{"Love it\n\nSent from my iPhone", "Love it"},
	{"Merci !\n\nEnvoyé de mon iPhone", "Merci !"},
	{"[quote=bob]bad[/quote] good\n[code]\nbad\n[/code]\nfine", "good fine"},
	{"> only a quote", "> only a quote"}, // nothing would be left
	{">:( I hate it\nreally", ">:( I hate it really"},
	{"At 10:30 I saw an ERROR on the screen.", "At 10:30 I saw an ERROR on the screen."},
	{"He wrote: it is bad\nand I agree", "He wrote: it is bad and I agree"},
	{"plain", "plain"},
	{"", ""},
};

static Str together(Str s)
{
	Buf b = buf_init(test_arena(), 256, 4096);
	for (size_t i = 0; i < s.n; i++) {
		bool space = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t';
		if (!space) buf_char(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
	}
	return str_trim(buf_view(&b));
}

TEST(cut_leaves_own_words)
{
	char room[1024];
	TextCut c;
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		Str text = str_from(SAID[i].text), own = text_own_words(text, room, &c);
		assert_int_equal(own.n, text.n);
		if (!str_eq(together(own), str_from(SAID[i].left))) test_fail("%s: %.*s", SAID[i].text, STR(own));
		for (size_t k = 0; k < own.n; k++) assert_true(own.p[k] == text.p[k] || own.p[k] == ' ');
	}
	text_own_words(S("a\n> b c\n`d`\n-- \ne"), room, &c);
	assert_int_equal(c.bytes[CUT_QUOTE], 3);
	assert_int_equal(c.bytes[CUT_CODE], 3);
	assert_int_equal(c.bytes[CUT_SIGNATURE], 3);
}

TEST(cut_leaves_out_quotes_of_html)
{
	Str html = S("<blockquote><p>bad <b>x</b></p><blockquote>y</blockquote></blockquote><p>good &amp; <code>f()</code> "
				 "fine</p><pre>no\nno</pre><p>end</p>");
	assert_str_equal(html_own_words(test_arena(), html, 1000), "good & fine\nend");
}
