// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/sanitize.h"

#include <string.h>

#include "text/markup.h"
#include "text/tree.h"
#include "text/url.h"

#define DEPTH_MAX 64
#define LANGUAGE_MAX_BYTES 32

typedef enum Kind {
	UNWRAP = 0, // the default of every tag not in the table
	DROP,       // with its content
	BOX,        // a div-like block: p if it holds text, else unwrapped with a line break
	INLINE,
	LINK,
	IMAGE,
	LINE, // br
	RULE, // hr
	PARA,
	HEADING,
	PRE,
	CODE,
	LIST,
	ITEM,
	QUOTE,
	TERMS, // dl
	TERM,  // dt, dd
	TABLE,
	CAPTION,
	SECTION, // thead, tbody, tfoot
	ROW,
	CELL,
} Kind;

typedef struct Rule {
	Kind kind;
	const char *name; // as written
} Rule;

// clang-format off
static const Rule RULES[GUMBO_TAG_LAST] = {
	[GUMBO_TAG_SCRIPT] = {DROP, NULL},   [GUMBO_TAG_STYLE] = {DROP, NULL},    [GUMBO_TAG_IFRAME] = {DROP, NULL},
	[GUMBO_TAG_OBJECT] = {DROP, NULL},   [GUMBO_TAG_EMBED] = {DROP, NULL},    [GUMBO_TAG_APPLET] = {DROP, NULL},
	[GUMBO_TAG_NOSCRIPT] = {DROP, NULL}, [GUMBO_TAG_TEMPLATE] = {DROP, NULL}, [GUMBO_TAG_NOEMBED] = {DROP, NULL},
	[GUMBO_TAG_NOFRAMES] = {DROP, NULL}, [GUMBO_TAG_FRAME] = {DROP, NULL},    [GUMBO_TAG_FRAMESET] = {DROP, NULL},
	[GUMBO_TAG_SVG] = {DROP, NULL},      [GUMBO_TAG_MATH] = {DROP, NULL},     [GUMBO_TAG_XMP] = {DROP, NULL},
	[GUMBO_TAG_TEXTAREA] = {DROP, NULL}, [GUMBO_TAG_SELECT] = {DROP, NULL},   [GUMBO_TAG_OPTION] = {DROP, NULL},
	[GUMBO_TAG_INPUT] = {DROP, NULL},    [GUMBO_TAG_BUTTON] = {DROP, NULL},   [GUMBO_TAG_TITLE] = {DROP, NULL},
	[GUMBO_TAG_META] = {DROP, NULL},     [GUMBO_TAG_LINK] = {DROP, NULL},     [GUMBO_TAG_BASE] = {DROP, NULL},
	[GUMBO_TAG_AUDIO] = {DROP, NULL},    [GUMBO_TAG_VIDEO] = {DROP, NULL},    [GUMBO_TAG_CANVAS] = {DROP, NULL},
	[GUMBO_TAG_PLAINTEXT] = {DROP, NULL},[GUMBO_TAG_HEAD] = {DROP, NULL},

	[GUMBO_TAG_DIV] = {BOX, "p"},        [GUMBO_TAG_SECTION] = {BOX, "p"},    [GUMBO_TAG_ARTICLE] = {BOX, "p"},
	[GUMBO_TAG_HEADER] = {BOX, "p"},     [GUMBO_TAG_FOOTER] = {BOX, "p"},     [GUMBO_TAG_ADDRESS] = {BOX, "p"},
	[GUMBO_TAG_CENTER] = {BOX, "p"},     [GUMBO_TAG_FORM] = {BOX, "p"},       [GUMBO_TAG_FIELDSET] = {BOX, "p"},
	[GUMBO_TAG_FIGURE] = {BOX, "p"},     [GUMBO_TAG_FIGCAPTION] = {BOX, "p"}, [GUMBO_TAG_DETAILS] = {BOX, "p"},
	[GUMBO_TAG_SUMMARY] = {BOX, "p"},    [GUMBO_TAG_MAIN] = {BOX, "p"},       [GUMBO_TAG_NAV] = {BOX, "p"},
	[GUMBO_TAG_ASIDE] = {BOX, "p"},      [GUMBO_TAG_HGROUP] = {BOX, "p"},     [GUMBO_TAG_MENU] = {LIST, "ul"},

	[GUMBO_TAG_B] = {INLINE, "b"},       [GUMBO_TAG_STRONG] = {INLINE, "strong"}, [GUMBO_TAG_I] = {INLINE, "i"},
	[GUMBO_TAG_EM] = {INLINE, "em"},     [GUMBO_TAG_S] = {INLINE, "s"},       [GUMBO_TAG_STRIKE] = {INLINE, "s"},
	[GUMBO_TAG_DEL] = {INLINE, "del"},   [GUMBO_TAG_INS] = {INLINE, "ins"},   [GUMBO_TAG_SUP] = {INLINE, "sup"},
	[GUMBO_TAG_SUB] = {INLINE, "sub"},   [GUMBO_TAG_KBD] = {INLINE, "kbd"},   [GUMBO_TAG_SAMP] = {INLINE, "samp"},
	[GUMBO_TAG_VAR] = {INLINE, "var"},   [GUMBO_TAG_SMALL] = {INLINE, "small"}, [GUMBO_TAG_Q] = {INLINE, "q"},
	[GUMBO_TAG_CITE] = {INLINE, "cite"}, [GUMBO_TAG_ABBR] = {INLINE, "abbr"}, [GUMBO_TAG_MARK] = {INLINE, "mark"},
	[GUMBO_TAG_DFN] = {INLINE, "dfn"},   [GUMBO_TAG_TT] = {CODE, "code"},     [GUMBO_TAG_CODE] = {CODE, "code"},

	[GUMBO_TAG_A] = {LINK, "a"},         [GUMBO_TAG_IMG] = {IMAGE, "img"},    [GUMBO_TAG_BR] = {LINE, "br"},
	[GUMBO_TAG_HR] = {RULE, "hr"},       [GUMBO_TAG_P] = {PARA, "p"},         [GUMBO_TAG_BLOCKQUOTE] = {QUOTE, "blockquote"},
	[GUMBO_TAG_H1] = {HEADING, "h3"},    [GUMBO_TAG_H2] = {HEADING, "h4"},    [GUMBO_TAG_H3] = {HEADING, "h5"},
	[GUMBO_TAG_H4] = {HEADING, "h6"},    [GUMBO_TAG_H5] = {HEADING, "h6"},    [GUMBO_TAG_H6] = {HEADING, "h6"},
	[GUMBO_TAG_PRE] = {PRE, "pre"},      [GUMBO_TAG_LISTING] = {PRE, "pre"},
	[GUMBO_TAG_UL] = {LIST, "ul"},       [GUMBO_TAG_OL] = {LIST, "ol"},       [GUMBO_TAG_LI] = {ITEM, "li"},
	[GUMBO_TAG_DL] = {TERMS, "dl"},      [GUMBO_TAG_DT] = {TERM, "dt"},       [GUMBO_TAG_DD] = {TERM, "dd"},
	[GUMBO_TAG_TABLE] = {TABLE, "table"}, [GUMBO_TAG_CAPTION] = {CAPTION, "caption"},
	[GUMBO_TAG_THEAD] = {SECTION, "thead"}, [GUMBO_TAG_TBODY] = {SECTION, "tbody"}, [GUMBO_TAG_TFOOT] = {SECTION, "tfoot"},
	[GUMBO_TAG_TR] = {ROW, "tr"},        [GUMBO_TAG_TD] = {CELL, "td"},       [GUMBO_TAG_TH] = {CELL, "th"},
};
// clang-format on

typedef struct Frame { // an element whose children are being written
	const GumboNode *node;
	unsigned next; // child
	Kind kind;     // as written; UNWRAP if it has no tags
	Kind context;  // kind of the nearest element that has tags
	bool breaks;   // a block without its tags: words around it must not run together
	const char *name;
} Frame;

typedef struct Walk {
	Buf out;
	Arena *arena;
	Str base;
	Frame *stack;
	size_t depth, cap;
	size_t written; // open elements that have tags
	int in_text_block, in_link, in_pre;
	Str language; // of the pre just opened, for its code
} Walk;

static Str attribute(const GumboNode *node, const char *name)
{
	const GumboAttribute *at = gumbo_get_attribute(&node->v.element.attributes, name);
	return at ? str_from(at->value) : str_none();
}

static Rule rule_of(const GumboNode *node)
{
	if (node->type == GUMBO_NODE_TEMPLATE) return (Rule){DROP, NULL};
	if (node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML) return (Rule){DROP, NULL};
	return (unsigned)node->v.element.tag < GUMBO_TAG_LAST ? RULES[node->v.element.tag] : (Rule){UNWRAP, NULL};
}

static bool is_element(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static bool is_block(Kind kind) { return kind == BOX || (kind >= RULE && kind != CODE); }

static bool is_space(const char *s) { return s[strspn(s, " \t\n\f\r")] == 0; }

// Has text or inline elements and no block among its children.
static bool holds_text(const GumboNode *node)
{
	const GumboVector *children = &node->v.element.children;
	bool text = false;
	for (unsigned i = 0; i < children->length; i++) {
		const GumboNode *child = children->data[i];
		if (is_element(child)) {
			Kind kind = rule_of(child).kind;
			if (is_block(kind) || kind == UNWRAP) return false; // what is unwrapped may hold blocks
			text |= kind != DROP;
		} else if (child->type == GUMBO_NODE_TEXT) {
			text |= !is_space(child->v.text.text);
		}
	}
	return text;
}

// Where elements may stand; what fails this is unwrapped.
static bool is_placed(const Walk *w, Kind kind, Kind context)
{
	if (kind == ITEM) return context == LIST;
	if (kind == TERM) return context == TERMS;
	if (kind == CAPTION || kind == SECTION) return context == TABLE;
	if (kind == ROW) return context == TABLE || context == SECTION;
	if (kind == CELL) return context == ROW;
	if (context == TABLE || context == SECTION || context == ROW) return false;
	if (kind == LINK) return !w->in_link;
	return !(is_block(kind) && w->in_text_block);
}

static bool number_attribute(const GumboNode *node, const char *name, int64_t max, int64_t *ret_v)
{
	Str s = attribute(node, name);
	return s.n && str_int(s, 0, max, ret_v);
}

static void number_write(Walk *w, const GumboNode *node, const char *name, int64_t max)
{
	int64_t v;
	if (number_attribute(node, name, max, &v)) buf_format(&w->out, " %s=\"%lld\"", name, (long long)v);
}

static void title_write(Walk *w, const GumboNode *node)
{
	Str title = attribute(node, "title");
	if (title.n) markup_attr_write(&w->out, "title", title);
}

static bool link_open(Walk *w, const GumboNode *node)
{
	Str url;
	if (!url_clean(w->arena, attribute(node, "href"), w->base, URL_LINK, &url)) return false;
	markup_lit_write(&w->out, "<a");
	markup_attr_write(&w->out, "href", url);
	title_write(w, node);
	markup_lit_write(&w->out, " rel=\"nofollow ugc\">");
	return true;
}

static void image_write(Walk *w, const GumboNode *node)
{
	Str url, src = attribute(node, "src"), alt = attribute(node, "alt");
	if (url_clean(w->arena, src, w->base, URL_IMAGE, &url)) {
		markup_lit_write(&w->out, "<img");
		markup_attr_write(&w->out, "src", url);
		markup_attr_write(&w->out, "alt", alt);
		title_write(w, node);
		number_write(w, node, "width", 8192);
		number_write(w, node, "height", 8192);
		markup_lit_write(&w->out, " loading=\"lazy\">");
	} else if (!w->in_link && url_clean(w->arena, src, w->base, URL_LINK, &url)) {
		markup_lit_write(&w->out, "<a");
		markup_attr_write(&w->out, "href", url);
		markup_lit_write(&w->out, " rel=\"nofollow ugc\">");
		markup_text_write(&w->out, alt.n ? alt : url);
		markup_lit_write(&w->out, "</a>");
	} else {
		markup_text_write(&w->out, alt);
	}
}

// "lang-py prettyprint-override" or "language-py" → "py"
static Str language_of(const GumboNode *node)
{
	Str rest = attribute(node, "class"), word;
	while (rest.n) {
		rest = str_cut(rest, ' ', &word);
		if (str_starts(word, S("lang-"))) word = str_sub(word, 5, word.n);
		else if (str_starts(word, S("language-"))) word = str_sub(word, 9, word.n);
		else continue;
		bool good = word.n > 0 && word.n <= LANGUAGE_MAX_BYTES;
		for (size_t i = 0; i < word.n && good; i++) {
			char c = word.p[i], lower = (char)(c | 32);
			good = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || strchr("+#._-", c);
		}
		if (good) return word;
	}
	return str_none();
}

static void pre_open(Walk *w, const GumboNode *node)
{
	markup_lit_write(&w->out, "<pre dir=\"auto\" tabindex=\"0\">");
	w->language = language_of(node);
	const GumboVector *children = &node->v.element.children;
	const GumboNode *first = children->length ? children->data[0] : NULL;
	// A parser drops one line break right after <pre>.
	bool text = first && (first->type == GUMBO_NODE_TEXT || first->type == GUMBO_NODE_WHITESPACE);
	if (text && first->v.text.text[0] == '\n') buf_char(&w->out, '\n');
}

static void code_open(Walk *w, const GumboNode *node)
{
	markup_lit_write(&w->out, "<code");
	Str language = language_of(node);
	if (!language.n) language = w->language;
	if (w->in_pre && language.n) {
		markup_lit_write(&w->out, " class=\"language-");
		buf_str(&w->out, language);
		buf_char(&w->out, '"');
	}
	w->language = str_none();
	buf_char(&w->out, '>');
}

static void cell_open(Walk *w, const GumboNode *node, const char *name)
{
	Str align = attribute(node, "align");
	buf_format(&w->out, "<%s", name);
	number_write(w, node, "colspan", 100);
	number_write(w, node, "rowspan", 100);
	if (str_eq_nocase(align, S("center"))) markup_lit_write(&w->out, " class=\"align-center\"");
	if (str_eq_nocase(align, S("right"))) markup_lit_write(&w->out, " class=\"align-end\"");
	buf_char(&w->out, '>');
}

static void plain_open(Walk *w, Kind kind, const char *name)
{
	buf_char(&w->out, '<');
	markup_lit_write(&w->out, name);
	bool own_text = kind == BOX || kind == PARA || kind == ITEM; // the style sheet's business
	if (is_block(kind) && !own_text && kind != SECTION && kind != ROW && kind != TERMS)
		markup_lit_write(&w->out, " dir=\"auto\"");
}

// Writes the start tag; UNWRAP if the element gets none.
static Kind element_open(Walk *w, const GumboNode *node, Kind kind, const char *name)
{
	if (kind == LINK) return link_open(w, node) ? LINK : UNWRAP;
	if (kind == PRE) pre_open(w, node);
	else if (kind == CODE) code_open(w, node);
	else if (kind == CELL) cell_open(w, node, name);
	else {
		if (kind == TABLE) markup_lit_write(&w->out, "<div class=\"scroll\" tabindex=\"0\">");
		plain_open(w, kind, name);
		if (node->v.element.tag == GUMBO_TAG_ABBR) title_write(w, node);
		if (node->v.element.tag == GUMBO_TAG_OL) number_write(w, node, "start", 1000000);
		buf_char(&w->out, '>');
	}
	return kind;
}

static bool is_text_block(Kind kind) { return kind == PARA || kind == HEADING || kind == PRE || kind == CAPTION; }

static void break_write(Walk *w)
{
	char last = w->out.n ? w->out.p[w->out.n - 1] : '\n';
	if (!strchr(" \n\t>", last)) buf_char(&w->out, '\n');
}

static bool push(Walk *w, const GumboNode *node, Kind kind, const char *name, Kind context)
{
	if (w->depth == w->cap) {
		Frame *more = arena_grow(w->arena, w->stack, w->cap * sizeof *more, (w->cap * 2 + 64) * sizeof *more);
		if (!more) return false;
		w->stack = more;
		w->cap = w->cap * 2 + 64;
	}
	bool tags = kind != UNWRAP;
	w->stack[w->depth++] = (Frame){.node = node, .kind = kind, .name = name, .context = tags ? kind : context};
	w->written += tags;
	w->in_text_block += is_text_block(kind);
	w->in_link += kind == LINK;
	w->in_pre += kind == PRE;
	return true;
}

static void pop(Walk *w)
{
	Frame f = w->stack[--w->depth];
	if (f.breaks) break_write(w);
	if (f.kind == UNWRAP) return;
	w->written--;
	w->in_text_block -= is_text_block(f.kind);
	w->in_link -= f.kind == LINK;
	w->in_pre -= f.kind == PRE;
	markup_lit_write(&w->out, "</");
	markup_lit_write(&w->out, f.name);
	buf_char(&w->out, '>');
	if (f.kind == TABLE) markup_lit_write(&w->out, "</div>");
}

// Then that block keeps words apart by itself (our own wrapper of a table, read again).
static bool holds_one_block(const GumboNode *node)
{
	const GumboVector *children = &node->v.element.children;
	if (children->length != 1 || !is_element(children->data[0])) return false;
	return is_block(rule_of(children->data[0]).kind);
}

static void void_write(Walk *w, const GumboNode *node, Kind kind, bool placed)
{
	if (!placed) buf_char(&w->out, ' ');
	else if (kind == IMAGE) image_write(w, node);
	else markup_lit_write(&w->out, kind == LINE ? "<br>" : "<hr>");
}

static bool unwrapped_enter(Walk *w, const GumboNode *node, Kind kind, Kind context)
{
	if (!push(w, node, UNWRAP, NULL, context)) return false;
	if (!is_block(kind) || holds_one_block(node)) return true;
	w->stack[w->depth - 1].breaks = true;
	break_write(w);
	return true;
}

static bool element_enter(Walk *w, const GumboNode *node, Kind context)
{
	Rule rule = rule_of(node);
	Kind kind = rule.kind;
	if (kind == DROP) return true;
	bool placed = is_placed(w, kind, context);
	if (kind == IMAGE || kind == LINE || kind == RULE) {
		void_write(w, node, kind, placed);
		return true;
	}
	bool tags = kind != UNWRAP && placed && w->written < DEPTH_MAX && (kind != BOX || holds_text(node));
	if (kind == BOX) kind = PARA;
	if (!tags) return unwrapped_enter(w, node, kind, context);
	return push(w, node, element_open(w, node, kind, rule.name), rule.name, context);
}

static bool node_write(Walk *w, const GumboNode *node, Kind context)
{
	if (is_element(node)) return element_enter(w, node, context);
	if (node->type != GUMBO_NODE_TEXT && node->type != GUMBO_NODE_WHITESPACE) return true;
	// Between rows and cells a browser would move text out of the table.
	bool no_text = context == TABLE || context == SECTION || context == ROW;
	if (no_text && !is_space(node->v.text.text)) return true;
	markup_text_write(&w->out, str_from(node->v.text.text));
	return true;
}

static bool tree_write(Walk *w, const GumboNode *body)
{
	if (!push(w, body, UNWRAP, NULL, UNWRAP)) return false;
	while (w->depth && !w->out.overflow) {
		Frame *f = &w->stack[w->depth - 1];
		const GumboVector *children = &f->node->v.element.children;
		if (f->next == children->length) pop(w);
		else if (!node_write(w, children->data[f->next++], f->context)) return false;
	}
	return !w->out.overflow;
}

Status html_sanitize(Ctx *cx, Str html, Str base_url, SafeHtml *ret_html)
{
	if (html.n > SANITIZE_MAX_BYTES) return fail(cx, ST_TOO_LARGE, "HTML of %zu bytes", html.n);
	size_t tags = tree_count_tags(html);
	if (tags > SANITIZE_MAX_TAGS) return fail(cx, ST_TOO_LARGE, "HTML with %zu tags", tags);
	AUTO(Arena) arena = arena_new(TREE_MAX_BYTES);
	const GumboNode *body = NULL;
	if (!tree_parse(arena, utf8_repair(cx->arena, html), &body))
		return fail(cx, ST_TOO_LARGE, "the tree of the HTML passes %zu bytes", TREE_MAX_BYTES);
	Walk w = {.arena = arena, .base = base_url};
	w.out = buf_init(cx->arena, html.n + html.n / 4 + 64, html.n * 16 + 4096);
	if (body && !tree_write(&w, body)) return fail(cx, ST_TOO_LARGE, "the cleaned HTML passes its limit");
	// Gumbo writes references beyond U+10FFFF as bytes that are no UTF-8.
	*ret_html = (SafeHtml){utf8_repair(cx->arena, buf_view(&w.out))};
	return ST_OK;
}
