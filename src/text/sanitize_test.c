// SPDX-License-Identifier: AGPL-3.0-or-later
// The corpus is read back through the HTML parser, as a browser would: what counts is the tree, not the spelling.
#include "text/sanitize.h"

#include <gumbo.h>
#include <stdio.h>

#include "test.h"
#include "text/url.h"

static Str clean_at(const char *html, const char *base)
{
	SafeHtml safe;
	assert_ok(test_ctx(), html_sanitize(test_ctx(), str_from(html), str_from(base), &safe));
	return safe.s;
}

static Str clean(const char *html) { return clean_at(html, NULL); }

static const char *const XSS[] = {
	"<script>alert(1)</script>",
	"<SCRIPT SRC=//evil/x.js></SCRIPT>",
	"<script/x>alert(1)</script>",
	"<scr<script>ipt>alert(1)</script>",
	"<img src=x onerror=alert(1)>",
	"<img src=\"https://a.example/x.png\" onload=alert(1)>",
	"<img/src=`x`onerror=alert(1)>",
	"<img \"\"\"><script>alert(1)</script>\">",
	"<img src='javascript:alert(1)'>",
	"<img src=\"jav&#x09;ascript:alert(1);\">",
	"<img src=data:image/svg+xml;base64,PHN2Zz4=>",
	"<img srcset='x 1x' sizes=1 src=https://a.example/>",
	"<a href=javascript:alert(1)>x</a>",
	"<a href=' javascript:alert(1)'>x</a>",
	"<a href='&#1;javascript:alert(1)'>x</a>",
	"<a href='java\tscript:alert(1)'>x</a>",
	"<a href='java\nscript:alert(1)'>x</a>",
	"<a href='java&NewLine;script&colon;alert(1)'>x</a>",
	"<a href='&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert(1)'>x</a>",
	"<a href='javascript&#0000058alert(1)'>x</a>",
	"<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;x'>x</a>",
	"<a href=\"JaVaScRiPt:x\">x</a>",
	"<a href='vbscript:x'>x</a>",
	"<a href='data:text/html,<script>alert(1)</script>'>x</a>",
	"<a href='view-source:javascript:x'>x</a>",
	"<a href='\\\\evil.example'>x</a>",
	"<a href='https://a.example' onclick=x onmouseover='y' style='z' target=_blank ping=//e>x</a>",
	"<a href='https://a.example/\" onmouseover=\"alert(1)'>x</a>",
	"<a xlink:href='javascript:x'>x</a>",
	"<a href='blob:x'>x</a>",
	"<svg onload=alert(1)>",
	"<svg><script>alert(1)</script></svg>",
	"<svg><a xlink:href='javascript:x'><text>x</text></a></svg>",
	"<svg><style><img src=x onerror=alert(1)></style></svg>",
	"<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
	"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
	"<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
	"<math><annotation-xml encoding='text/html'><script>x</script></annotation-xml></math>",
	"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
	"<math href='javascript:x'>x</math>",
	"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
	"<noembed><img src=x onerror=x></noembed>",
	"<iframe src=javascript:alert(1)></iframe>",
	"<iframe srcdoc='<script>x</script>'>",
	"<object data=javascript:x></object>",
	"<embed src=javascript:x>",
	"<applet code=x></applet>",
	"<base href='javascript:x//'>",
	"<meta http-equiv=refresh content='0;url=javascript:x'>",
	"<link rel=stylesheet href=javascript:x>",
	"<style>@import 'javascript:x';</style>",
	"<style>body{background:url(javascript:x)}</style>",
	"<p style='background:url(javascript:x)'>x</p>",
	"<div style=width:expression(alert(1))>x</div>",
	"<body onload=alert(1)>x",
	"<html onmouseover=x>",
	"<input autofocus onfocus=x>",
	"<select autofocus onfocus=x><option>x</select>",
	"<textarea onfocus=x autofocus></textarea>",
	"<button formaction=javascript:x>x</button>",
	"<form action=javascript:x><input type=submit></form>",
	"<isindex action=javascript:x type=image>",
	"<video src=x onerror=x></video>",
	"<audio src=x onerror=x>",
	"<video><source onerror=x></video>",
	"<details open ontoggle=x>y</details>",
	"<marquee onstart=x>y</marquee>",
	"<keygen autofocus onfocus=x>",
	"<table background=javascript:x><td>y</table>",
	"<td background='javascript:x'>y",
	"<xss onclick=x>y</xss>",
	"<x-y onpointerdown=x>z</x-y>",
	"<!--[if gte IE 4]><script>x</script><![endif]-->",
	"<![CDATA[<script>x</script>]]>",
	"<!--><img src=x onerror=x>-->",
	"<!--!><script>x</script>",
	"<?xml version='1.0'?><script>x</script>",
	"<template><script>x</script></template>",
	"<title><img src=x onerror=x></title>",
	"<xmp><script>x</script></xmp>",
	"<plaintext><script>x",
	"<listing>&lt;img onerror=x src=x&gt;</listing>",
	"<textarea><img title=\"</textarea><img src=x onerror=x>\"></textarea>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"<p title='&quot;><script>x</script>'>y</p>",
	"<abbr title='\"><img src=x onerror=x>'>y</abbr>",
	"<pre class='lang-\"onclick=x'><code>y</code></pre>",
	"<code class='language-x\" onmouseover=\"y'>z</code>",
	"<a name=x id=y href=#z>w</a>",
	"<img usemap=#x src=https://a.example/><map name=x><area href=javascript:x></map>",
	"<frameset onload=x><frame src=javascript:x>",
	"<a href='https:javascript:x'>y</a>",
	"<a href='http&#58;//a.example/'>ok</a>",
	"<a href='mailto:x@y.example?body=<script>'>m</a>",
	"<img src=https://a.example/x.png alt='\"><script>x</script>'>",
	"<dialog open onclose=x>y</dialog>",
	"<slot onslotchange=x>y</slot>",
	"<p/onclick=x>y",
	"<p\x0conclick=x>y",
	"<p onclick\n=\nx>y",
	"<<script>x</script>",
	"<a href=x onclick=\"x\"\"y\">z",
	"<img src onerror=x//",
	"<b <script>x</script>",
	"</p><script>x</script>",
	"<table><script>x</script><tr><td>y",
	"<select><style></select><img src=x onerror=x>",
	"<a href='javas\xe2\x80\x8b_cript:x'>y</a>",
	"<a href='\xe2\x80\xa8javascript:x'>y</a>",
	"<a href='\xc2\xa0javascript:x'>y</a>",
	"<a href='&Tab;javascript:x'>y</a>",
	"<a href='javascript&#10;:x'>y</a>",
	"<a href='%0ajavascript:x'>y</a>",
	"<a href='//evil\\@good.example'>y</a>",
	"<center onclick=x><font color=red onmouseover=x>y</font></center>",
	"<ruby><rt onclick=x>y</ruby>",
	"<picture><source srcset=x><img src=x onerror=x></picture>",
};

static bool is_url_attribute(const char *name) { return !strcmp(name, "href") || !strcmp(name, "src"); }

static bool is_bad_element(const GumboNode *node)
{
	static const GumboTag ALLOWED[] = {
		GUMBO_TAG_HTML,  GUMBO_TAG_HEAD,  GUMBO_TAG_BODY,   GUMBO_TAG_P,    GUMBO_TAG_BR,         GUMBO_TAG_HR,
		GUMBO_TAG_IMG,   GUMBO_TAG_A,     GUMBO_TAG_CODE,   GUMBO_TAG_PRE,  GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_UL,
		GUMBO_TAG_OL,    GUMBO_TAG_LI,    GUMBO_TAG_STRONG, GUMBO_TAG_EM,   GUMBO_TAG_B,          GUMBO_TAG_I,
		GUMBO_TAG_S,     GUMBO_TAG_DEL,   GUMBO_TAG_INS,    GUMBO_TAG_SUP,  GUMBO_TAG_SUB,        GUMBO_TAG_KBD,
		GUMBO_TAG_H3,    GUMBO_TAG_H4,    GUMBO_TAG_H5,     GUMBO_TAG_H6,   GUMBO_TAG_TABLE,      GUMBO_TAG_CAPTION,
		GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT,  GUMBO_TAG_TR,   GUMBO_TAG_TD,         GUMBO_TAG_TH,
		GUMBO_TAG_DL,    GUMBO_TAG_DT,    GUMBO_TAG_DD,     GUMBO_TAG_DIV,  GUMBO_TAG_ABBR,       GUMBO_TAG_SAMP,
		GUMBO_TAG_VAR,   GUMBO_TAG_SMALL, GUMBO_TAG_Q,      GUMBO_TAG_CITE, GUMBO_TAG_MARK,       GUMBO_TAG_DFN};
	for (size_t i = 0; i < COUNTOF(ALLOWED); i++)
		if (node->v.element.tag == ALLOWED[i]) return false;
	return true;
}

// NULL if the tree below node is harmless.
static const char *harm(const GumboNode *node)
{
	if (node->type != GUMBO_NODE_ELEMENT) return node->type == GUMBO_NODE_COMMENT ? "comment" : NULL;
	if (is_bad_element(node)) return gumbo_normalized_tagname(node->v.element.tag);
	static const char *const NAMES[] = {"href",     "src",     "alt",   "title",  "rel",   "dir",     "class",
										"tabindex", "loading", "width", "height", "start", "colspan", "rowspan"};
	const GumboVector *attributes = &node->v.element.attributes;
	for (unsigned i = 0; i < attributes->length; i++) {
		const GumboAttribute *at = attributes->data[i];
		bool known = false;
		for (size_t k = 0; k < COUNTOF(NAMES); k++) known |= !strcmp(at->name, NAMES[k]);
		if (!known) return at->name;
		Str url;
		if (!is_url_attribute(at->name)) continue;
		if (!url_clean(test_arena(), str_from(at->value), str_none(), URL_LINK, &url)) return at->value;
		if (!str_eq(url, str_from(at->value))) return "address not in its final form";
	}
	const GumboVector *children = &node->v.element.children;
	const char *found = NULL;
	for (unsigned i = 0; i < children->length && !found; i++) found = harm(children->data[i]);
	return found;
}

static void check_harmless(const char *source, Str html)
{
	GumboOutput *tree = gumbo_parse_with_options(&kGumboDefaultOptions, html.n ? html.p : "", html.n);
	const char *found = harm(tree->root);
	if (found) fail_msg("%s -> %.*s: %s", source, STR(html), found);
	gumbo_destroy_output(&kGumboDefaultOptions, tree);
}

TEST(sanitize_corpus_is_harmless)
{
	for (size_t i = 0; i < COUNTOF(XSS); i++) {
		check_harmless(XSS[i], clean(XSS[i]));
		check_harmless(XSS[i], clean_at(XSS[i], "https://a.example/q/1"));
	}
}

TEST(sanitize_corpus_is_harmless_in_pairs_and_cut)
{
	Ctx *cx = test_ctx();
	for (size_t i = 0; i < COUNTOF(XSS); i++) {
		ArenaMark mark = arena_mark(cx->arena);
		const char *other = XSS[(i * 37 + 11) % COUNTOF(XSS)];
		Str both = str_format(cx->arena, "<p>%s<table>%s<li>%s", XSS[i], other, XSS[i]);
		check_harmless(XSS[i], clean(str_z(cx->arena, both)));
		for (size_t n = 1; n < strlen(XSS[i]); n++) {
			Str cut = str_format(cx->arena, "%.*s%s", (int)n, XSS[i], other);
			check_harmless(XSS[i], clean(str_z(cx->arena, cut)));
		}
		arena_rewind(cx->arena, mark);
	}
}

// Sanitising what is safe must not change it: then parse and write agree on the tree.
TEST(sanitize_is_stable)
{
	const char *const sources[] = {
		"<p>a</p><ul><li>b<ul><li>c</li></ul></li></ul>",
		"<table><tr><td>x<p>y</td></tr></table>",
		"<b><p>x</b>y</p>",
		"<a href=https://a.example>x<p>y<a href=https://b.example>z</a>",
		"<li>loose<li>items",
		"<td>loose cell",
		"<p><div>x</div></p>",
		"<pre>\n\nx</pre>",
		"<h1>x<h2>y</h2></h1>",
		"<dl><dt>a<dd>b<p>c</dl>",
		"<blockquote><pre><code>x &lt; y</code></pre></blockquote>",
		"<p><object><p>x</p><ul><li>y</ul></object></p>",
		"<table><caption>c<p>d</caption><td>x</table>",
		"<ul><table><li>x</table></ul>",
		"<a href=https://a.example><table><td><a href=https://b.example>x</a></table></a>",
		"<p><button><p>x</button>",
	};
	for (size_t i = 0; i < COUNTOF(sources); i++) {
		Str once = clean(sources[i]);
		SafeHtml stripped;
		assert_ok(test_ctx(), html_sanitize(test_ctx(), once, str_none(), &stripped));
		// Headings move down at each pass; everything else stays.
		size_t at;
		if (!str_find(once, S("<h3"), &at) && !str_eq(once, stripped.s))
			fail_msg("%s\n  once  %.*s\n  twice %.*s", sources[i], STR(once), STR(stripped.s));
	}
}

TEST(sanitize_keeps_what_posts_use)
{
	assert_str_equal(clean("<p>a <strong>b</strong> $x &lt; y$</p>\n<hr>"),
					 "<p>a <strong>b</strong> $x &lt; y$</p>\n<hr>");
	assert_str_equal(clean("<h1>T</h1><h3>U</h3>"), "<h3 dir=\"auto\">T</h3><h5 dir=\"auto\">U</h5>");
	assert_str_equal(clean("<pre class=\"lang-py prettyprint-override\"><code>x\n</code></pre>"),
					 "<pre dir=\"auto\" tabindex=\"0\"><code class=\"language-py\">x\n</code></pre>");
	assert_str_equal(clean("<img src=\"https://i.example/a.png\" alt=\"A\" width=\"10\" height=\"5%\">"),
					 "<img src=\"https://i.example/a.png\" alt=\"A\" width=\"10\" loading=\"lazy\">");
	assert_str_equal(clean("<img src=\"http://i.example/a.png\" alt=\"A\">"),
					 "<a href=\"http://i.example/a.png\" rel=\"nofollow ugc\">A</a>");
	assert_str_equal(clean("<table><tr><td align=right colspan=2>1</td></tr></table>"),
					 "<div class=\"scroll\" tabindex=\"0\"><table dir=\"auto\"><tbody><tr><td "
					 "colspan=\"2\" class=\"align-end\">1</td>"
					 "</tr></tbody></table></div>");
	assert_str_equal(clean("<ol start=4><li>x</ol>"), "<ol dir=\"auto\" start=\"4\"><li>x</li></ol>");
	assert_str_equal(clean("<span>a</span><font>b</font><unknown>c</unknown>"), "abc");
	assert_str_equal(clean("<div>one</div><div>two <b>x</b></div>"), "<p>one</p><p>two <b>x</b></p>");
	assert_str_equal(clean("<iframe>x</iframe><style>y</style>z"), "z");
	assert_str_equal(clean("plain & simple"), "plain &amp; simple");
	assert_str_equal(clean("a\xff"
						   "b"),
					 "a\xef\xbf\xbd"
					 "b");
	assert_str_equal(clean(""), "");
}

static void check_resolve(const char *rel, const char *want)
{
	Str url;
	assert_true(url_clean(test_arena(), str_from(rel), S("https://a.example/b/c/d?q#f"), URL_LINK, &url));
	assert_str_equal(url, want);
}

TEST(url_resolves_as_rfc_3986)
{
	check_resolve("g", "https://a.example/b/c/g");
	check_resolve("./g", "https://a.example/b/c/g");
	check_resolve("g/", "https://a.example/b/c/g/");
	check_resolve("/g", "https://a.example/g");
	check_resolve("//g", "https://g");
	check_resolve("?y", "https://a.example/b/c/d?y");
	check_resolve("g?y#s", "https://a.example/b/c/g?y#s");
	check_resolve("#s", "https://a.example/b/c/d?q#s");
	check_resolve(".", "https://a.example/b/c/");
	check_resolve("..", "https://a.example/b/");
	check_resolve("../g", "https://a.example/b/g");
	check_resolve("../..", "https://a.example/");
	check_resolve("../../../g", "https://a.example/g");
	check_resolve("/./g", "https://a.example/g");
	check_resolve("./g/.", "https://a.example/b/c/g/");
	check_resolve("g/../h", "https://a.example/b/c/h");
	check_resolve("g?y/../x", "https://a.example/b/c/g?y/../x");
	check_resolve(" HTTP://X.example/a b ", "http://X.example/a%20b");
}

TEST(sanitize_bounds_deep_and_wide_trees)
{
	Ctx *cx = test_ctx();
	static const char *const units[] = {"<b>",      "<div>",         "<p>",        "<table><td>", "<font a=%zu>",
										"<ul><li>", "<a href=%zu>",  "<svg>",      "</p>",        "<select>",
										"<button>", "<b id=%zu><p>", "<template>", "<i><table>",  "&#",
										"&amp",     "<!--",          "<x>"};
	for (size_t u = 0; u < COUNTOF(units); u++) {
		ArenaMark mark = arena_mark(cx->arena);
		Buf b = buf_init(cx->arena, 65536, SANITIZE_MAX_BYTES);
		for (size_t i = 0; i < 4000; i++) {
			char unit[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(unit, sizeof unit, units[u], i);
#pragma GCC diagnostic pop
			buf_z(&b, unit);
		}
		SafeHtml html;
		Status st = html_sanitize(cx, buf_view(&b), str_none(), &html);
		assert_true(st == ST_OK || st == ST_TOO_LARGE);
		arena_rewind(cx->arena, mark);
	}
	char *tags = arena_alloc(cx->arena, SANITIZE_MAX_BYTES, 1);
	for (size_t i = 0; i + 3 <= SANITIZE_MAX_BYTES; i += 3) memcpy(tags + i, "<b>", 3);
	SafeHtml html;
	assert_status(cx, html_sanitize(cx, (Str){tags, SANITIZE_MAX_BYTES - 1}, str_none(), &html), ST_TOO_LARGE);
	assert_status(cx, html_sanitize(cx, (Str){tags, SANITIZE_MAX_BYTES + 1}, str_none(), &html), ST_TOO_LARGE);
}
