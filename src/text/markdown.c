// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/markdown.h"

#include <md4c.h>
#include <string.h>

#include "text/markup.h"
#include "text/url.h"

#define OUTPUT_MAX_BYTES ((size_t)1 << 20)
#define DEPTH_MAX 40
#define REFERENCE_LOOKUPS 200
#define SOURCE_PAD_BYTES 16
#define LANGUAGE_MAX_BYTES 32
#define FLAGS (MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS)

typedef enum ImageAs { IMAGE_TAG, IMAGE_LINK, IMAGE_TEXT } ImageAs;

typedef struct Render {
	Buf out;
	Arena *arena;
	Str source;
	int depth;       // open blocks and spans, written or not
	int image_depth; // inside ![…]: only text counts, it is the description
	ImageAs image_as;
	Str image_url;
	size_t image_from; // where the description of an IMAGE_LINK begins in out
	bool link_open;
	unsigned lookups;
} Render;

typedef struct Tags {
	const char *open, *close;
} Tags;

// Blocks and spans without attributes of their own. NULL: handled apart.
static const Tags BLOCKS[] = {
	[MD_BLOCK_DOC] = {"", ""},
	[MD_BLOCK_QUOTE] = {"<blockquote dir=\"auto\">\n", "</blockquote>\n"},
	[MD_BLOCK_UL] = {"<ul dir=\"auto\">\n", "</ul>\n"},
	[MD_BLOCK_OL] = {NULL, "</ol>\n"},
	[MD_BLOCK_LI] = {"<li>", "</li>\n"},
	[MD_BLOCK_HR] = {"<hr>\n", ""},
	[MD_BLOCK_H] = {NULL, NULL},
	[MD_BLOCK_CODE] = {NULL, "</code></pre>\n"},
	[MD_BLOCK_HTML] = {"", ""},
	[MD_BLOCK_P] = {"<p>", "</p>\n"},
	[MD_BLOCK_TABLE] = {"<div class=\"scroll\" tabindex=\"0\"><table dir=\"auto\">\n", "</table></div>\n"},
	[MD_BLOCK_THEAD] = {"<thead>\n", "</thead>\n"},
	[MD_BLOCK_TBODY] = {"<tbody>\n", "</tbody>\n"},
	[MD_BLOCK_TR] = {"<tr>", "</tr>\n"},
	[MD_BLOCK_TH] = {NULL, "</th>"},
	[MD_BLOCK_TD] = {NULL, "</td>"},
};
static const Tags SPANS[] = {
	[MD_SPAN_EM] = {"<em>", "</em>"}, [MD_SPAN_STRONG] = {"<strong>", "</strong>"}, [MD_SPAN_A] = {NULL, NULL},
	[MD_SPAN_IMG] = {NULL, NULL},     [MD_SPAN_CODE] = {"<code>", "</code>"},       [MD_SPAN_DEL] = {"<del>", "</del>"},
};

// md4c 0.4.8 looks one byte past the end of what it parses and may then hand out text that reaches past it (seen by
// the fuzzer with an open link at the end). The source is therefore a padded copy, and its texts are cut here.
static Str clamp(const Render *r, Str s)
{
	uintptr_t from = (uintptr_t)r->source.p, end = from + r->source.n, at = (uintptr_t)s.p;
	if (at < from || at > end + SOURCE_PAD_BYTES) return s; // its own constants and decoded copies
	return (Str){s.p, at >= end ? 0 : size_min(s.n, end - at)};
}

// Text of an md4c attribute with its character references decoded.
static Str attribute_text(Render *r, const MD_ATTRIBUTE *at)
{
	if (!at->size) return str_none();
	Buf b = buf_init(r->arena, at->size + 8, (size_t)at->size * 4 + 64);
	for (size_t i = 0; at->substr_offsets[i] < at->size; i++) {
		Str part = {at->text + at->substr_offsets[i], at->substr_offsets[i + 1] - at->substr_offsets[i]};
		part = clamp(r, part);
		if (at->substr_types[i] != MD_TEXT_ENTITY || !markup_reference_decode(&b, part, &r->lookups)) buf_str(&b, part);
	}
	return buf_view(&b);
}

static unsigned heading_level(const void *detail)
{
	unsigned level = ((const MD_BLOCK_H_DETAIL *)detail)->level;
	return level < 4 ? level + 2 : 6;
}

static bool is_language(Str s)
{
	if (!s.n || s.n > LANGUAGE_MAX_BYTES) return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], lower = (char)(c | 32);
		if (!(lower >= 'a' && lower <= 'z') && !(c >= '0' && c <= '9') && !strchr("+#._-", c)) return false;
	}
	return true;
}

static void code_open(Render *r, const MD_BLOCK_CODE_DETAIL *code)
{
	Str language = attribute_text(r, &code->lang);
	markup_lit_write(&r->out, "<pre dir=\"auto\" tabindex=\"0\"><code");
	if (is_language(language)) {
		markup_lit_write(&r->out, " class=\"language-");
		buf_str(&r->out, language);
		buf_char(&r->out, '"');
	}
	buf_char(&r->out, '>');
}

static void cell_open(Render *r, MD_BLOCKTYPE type, const MD_BLOCK_TD_DETAIL *cell)
{
	static const char *const CLASSES[] = {"", "", " class=\"align-center\"", " class=\"align-end\""};
	markup_lit_write(&r->out, type == MD_BLOCK_TH ? "<th" : "<td");
	if ((size_t)cell->align < COUNTOF(CLASSES)) markup_lit_write(&r->out, CLASSES[cell->align]);
	buf_char(&r->out, '>');
}

static int block_enter(MD_BLOCKTYPE type, void *detail, void *arg)
{
	Render *r = arg;
	if (++r->depth > DEPTH_MAX || type >= COUNTOF(BLOCKS)) return r->out.overflow;
	if (BLOCKS[type].open) {
		markup_lit_write(&r->out, BLOCKS[type].open);
	} else if (type == MD_BLOCK_OL) {
		unsigned start = ((const MD_BLOCK_OL_DETAIL *)detail)->start;
		markup_lit_write(&r->out, "<ol dir=\"auto\"");
		if (start != 1) buf_format(&r->out, " start=\"%u\"", start);
		markup_lit_write(&r->out, ">\n");
	} else if (type == MD_BLOCK_H) {
		buf_format(&r->out, "<h%u dir=\"auto\">", heading_level(detail));
	} else if (type == MD_BLOCK_CODE) {
		code_open(r, detail);
	} else {
		cell_open(r, type, detail);
	}
	return r->out.overflow;
}

static int block_leave(MD_BLOCKTYPE type, void *detail, void *arg)
{
	Render *r = arg;
	if (r->depth-- > DEPTH_MAX || type >= COUNTOF(BLOCKS)) {
		buf_char(&r->out, '\n'); // tags are lost, words must not run together
	} else if (BLOCKS[type].close) {
		markup_lit_write(&r->out, BLOCKS[type].close);
	} else {
		buf_format(&r->out, "</h%u>\n", heading_level(detail));
	}
	return r->out.overflow;
}

static void link_open(Render *r, Str url, Str title)
{
	markup_lit_write(&r->out, "<a");
	markup_attr_write(&r->out, "href", url);
	if (title.n) markup_attr_write(&r->out, "title", title);
	markup_lit_write(&r->out, " rel=\"nofollow ugc\">");
}

static void image_open(Render *r, const MD_SPAN_IMG_DETAIL *image)
{
	Str src = attribute_text(r, &image->src);
	if (url_clean(r->arena, src, str_none(), URL_IMAGE, &r->image_url)) {
		r->image_as = IMAGE_TAG;
		markup_lit_write(&r->out, "<img");
		markup_attr_write(&r->out, "src", r->image_url);
		markup_lit_write(&r->out, " alt=\"");
	} else if (!r->link_open && url_clean(r->arena, src, str_none(), URL_LINK, &r->image_url)) {
		r->image_as = IMAGE_LINK;
		link_open(r, r->image_url, str_none());
		r->image_from = r->out.n;
	} else {
		r->image_as = IMAGE_TEXT;
	}
}

static void image_close(Render *r, const MD_SPAN_IMG_DETAIL *image)
{
	if (r->image_as == IMAGE_TAG) {
		Str title = attribute_text(r, &image->title);
		buf_char(&r->out, '"');
		if (title.n) markup_attr_write(&r->out, "title", title);
		markup_lit_write(&r->out, " loading=\"lazy\">");
	} else if (r->image_as == IMAGE_LINK) {
		if (r->out.n == r->image_from) markup_text_write(&r->out, r->image_url);
		markup_lit_write(&r->out, "</a>");
	}
}

static int span_enter(MD_SPANTYPE type, void *detail, void *arg)
{
	Render *r = arg;
	bool hidden = r->image_depth > 0 || r->depth >= DEPTH_MAX;
	r->depth++;
	if (type == MD_SPAN_IMG) {
		if (r->image_depth++ == 0) image_open(r, detail);
	} else if (type == MD_SPAN_A) {
		const MD_SPAN_A_DETAIL *a = detail;
		Str url;
		if (hidden || !url_clean(r->arena, attribute_text(r, &a->href), str_none(), URL_LINK, &url))
			return r->out.overflow;
		r->link_open = true;
		link_open(r, url, attribute_text(r, &a->title));
	} else if (!hidden && type < COUNTOF(SPANS) && SPANS[type].open) {
		markup_lit_write(&r->out, SPANS[type].open);
	}
	return r->out.overflow;
}

static int span_leave(MD_SPANTYPE type, void *detail, void *arg)
{
	Render *r = arg;
	r->depth--;
	bool hidden = r->image_depth > 0 || r->depth >= DEPTH_MAX;
	if (type == MD_SPAN_IMG) {
		if (--r->image_depth == 0) image_close(r, detail);
	} else if (type == MD_SPAN_A) {
		if (hidden || !r->link_open) return r->out.overflow;
		r->link_open = false;
		markup_lit_write(&r->out, "</a>");
	} else if (!hidden && type < COUNTOF(SPANS) && SPANS[type].close) {
		markup_lit_write(&r->out, SPANS[type].close);
	}
	return r->out.overflow;
}

static int text_write(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *arg)
{
	Render *r = arg;
	Str s = clamp(r, (Str){text, size});
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
		if (r->image_depth > 0) buf_char(&r->out, ' ');
		else markup_lit_write(&r->out, type == MD_TEXT_BR ? "<br>\n" : "\n");
		return r->out.overflow;
	}
	if (type == MD_TEXT_ENTITY) {
		Buf decoded = buf_init(r->arena, 16, 64);
		if (markup_reference_decode(&decoded, s, &r->lookups)) s = buf_view(&decoded);
	}
	markup_text_write(&r->out, s);
	return r->out.overflow;
}

static Status source_check(Ctx *cx, Str source)
{
	if (source.n > MARKDOWN_MAX_BYTES) {
		field_error(cx, "body", "error.body_too_long");
		return fail(cx, ST_TOO_LARGE, "text of %zu bytes, at most %zu are taken", source.n, MARKDOWN_MAX_BYTES);
	}
	if (!utf8_valid(source)) {
		field_error(cx, "body", "error.body_not_utf8");
		return fail(cx, ST_INVALID, "text is not valid UTF-8");
	}
	return ST_OK;
}

static Status source_render(Ctx *cx, Str source, unsigned flags, SafeHtml *ret_html)
{
	const MD_PARSER parser = {
		.flags = flags,
		.enter_block = block_enter,
		.leave_block = block_leave,
		.enter_span = span_enter,
		.leave_span = span_leave,
		.text = text_write,
	};
	char *padded = arena_try_alloc(cx->arena, source.n + SOURCE_PAD_BYTES, 1);
	if (!padded) return fail(cx, ST_TOO_LARGE, "no room for a text of %zu bytes", source.n);
	if (source.n) memcpy(padded, source.p, source.n);
	Render r = {.arena = cx->arena, .source = {padded, source.n}, .lookups = REFERENCE_LOOKUPS};
	r.out = buf_init(cx->arena, source.n + source.n / 2 + 64, OUTPUT_MAX_BYTES);
	int rc = md_parse(padded, (MD_SIZE)source.n, &parser, &r);
	if (r.out.overflow) {
		field_error(cx, "body", "error.body_too_long");
		return fail(cx, ST_TOO_LARGE, "the HTML of the text passes %zu bytes", OUTPUT_MAX_BYTES);
	}
	if (rc) return fail(cx, ST_INTERNAL, "md4c failed with %d", rc);
	*ret_html = (SafeHtml){buf_view(&r.out)};
	return ST_OK;
}

Status markdown_render(Ctx *cx, Str source, SafeHtml *ret_html)
{
	TRY(source_check(cx, source));
	return source_render(cx, source, FLAGS, ret_html);
}

// Where a backslash stops the line from opening a block; n + 1 if it opens none.
static size_t block_mark_at(Str s)
{
	size_t i = 0;
	if (s.n && strchr("#>~", s.p[0])) return 0;
	if (s.n > 1 && strchr("-+*", s.p[0]) && s.p[1] == ' ') return 0;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') i++;
	return i && i < s.n && (s.p[i] == '.' || s.p[i] == ')') ? i : s.n + 1;
}

Status markdown_comment_render(Ctx *cx, Str source, SafeHtml *ret_html)
{
	TRY(source_check(cx, source));
	source = str_trim(source);
	size_t escape_at = block_mark_at(source);
	Buf line = buf_init(cx->arena, source.n + 2, source.n + 2);
	for (size_t i = 0; i < source.n; i++) {
		if (i == escape_at) buf_char(&line, '\\');
		buf_char(&line, source.p[i] == '\n' || source.p[i] == '\r' ? ' ' : source.p[i]);
	}
	return source_render(cx, buf_view(&line), FLAGS & ~(unsigned)MD_FLAG_TABLES, ret_html);
}
