// SPDX-License-Identifier: AGPL-3.0-or-later
// The HTML state machine: follows the literal parts of a template, drops white space that is never seen, checks that
// tags balance, and says in which context an interpolation stands.
#include "tmplc.h"

#include <string.h>
#include <strings.h>

static const char VOID[] = " area base br col embed hr img input link meta source track wbr ";
static const char BLOCK[] =
	" html head body title meta link script base address article aside blockquote details div dl dt dd fieldset legend "
	"figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol ul li p pre search section "
	"summary "
	"table caption colgroup col thead tbody tfoot tr td th option optgroup datalist dialog br template source track "
	"path circle rect line polyline polygon ellipse g defs symbol use linearGradient radialGradient stop clipPath "
	"mask ";
// White space just inside is not seen, outside it may be.
static const char BLOCK_INSIDE[] = " button select svg video audio picture object ";
static const char CLOSES_P[] =
	" address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
	"hgroup hr main menu nav ol p pre search section table ul ";
static const char REFUSED_TAGS[] = " style animate set animateTransform plaintext xmp frame frameset ";
static const char URL_ATTRS[] =
	" href src action formaction poster cite data background longdesc manifest ping xlink:href hx-get hx-post hx-put "
	"hx-patch hx-delete hx-push-url hx-replace-url data-href data-src data-url data-preview ";
static const char NO_EXPR_ATTRS[] = " srcset imagesrcset hx-vals hx-vars hx-headers hx-trigger hx-ext hx-request "
									"hx-disinherit sandbox allow csp nonce ";

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_open(const Markup *m, const char *name)
{
	for (int i = 0; i < m->depth; i++)
		if (strcmp(m->stack[i].name, name) == 0) return true;
	return false;
}

static void append(char name[NAME_MAX_BYTES], char c, Loc loc)
{
	size_t n = strlen(name);
	if (n + 1 >= NAME_MAX_BYTES) die_at(loc, "the name %s… is too long", name);
	name[n] = c;
	name[n + 1] = '\0';
}

// Writes the space that was put off, unless what comes next or went before makes it invisible.
static void space_settle(Markup *m, Out *lit, Gap next)
{
	if (m->space && m->before == GAP_INLINE && next != GAP_BLOCK) out_z(lit, " ");
	m->space = false;
	m->before = next;
}

void markup_block(Markup *m)
{
	m->space = false;
	m->before = GAP_BLOCK;
}

static void tag_check(const Markup *m, Loc loc)
{
	bool foreign = is_open(m, "svg") || is_open(m, "math");
	for (const char *p = m->tag; *p && !foreign; p++)
		if (*p >= 'A' && *p <= 'Z') die_at(loc, "write <%s> in lower case", m->tag);
	if (word_in(REFUSED_TAGS, m->tag))
		die_at(loc, "<%s> is refused: no inline style, no tag that writes attributes", m->tag);
	if (m->closing && word_in(VOID, m->tag)) die_at(loc, "</%s>: a void element is not closed", m->tag);
	if (!m->closing && word_in(CLOSES_P, m->tag) && is_open(m, "p") && !is_open(m, "button"))
		die_at(loc, "<%s> inside <p>: a browser would close the p", m->tag);
}

static void tag_named(Markup *m, Out *lit, Loc loc)
{
	tag_check(m, loc);
	bool block = word_in(BLOCK, m->tag), inside = block || word_in(BLOCK_INSIDE, m->tag);
	bool hides_before = m->closing ? inside : block, hides_after = m->closing ? block : inside;
	Gap next = m->before;
	if (m->closing || word_in(VOID, m->tag)) next = GAP_INLINE;
	else if (m->space && m->before != GAP_BLOCK) next = GAP_SPACE;
	space_settle(m, lit, hides_before ? GAP_BLOCK : GAP_INLINE);
	m->before = hides_after ? GAP_BLOCK : next;
	out_format(lit, "<%s%s", m->closing ? "/" : "", m->tag);
	m->state = M_IN_TAG;
}

static void element_close(Markup *m, Loc loc)
{
	if (!m->depth) die_at(loc, "</%s> closes nothing", m->tag);
	const Element *top = &m->stack[m->depth - 1];
	if (strcmp(top->name, m->tag) != 0)
		die_at(loc, "</%s> where </%s> of line %d is due", m->tag, top->name, top->line);
	if (m->depth <= m->floor) die_at(loc, "</%s> closes an element that was opened outside this block", m->tag);
	m->depth--;
	m->state = M_TEXT;
}

static void element_open(Markup *m, Loc loc)
{
	m->state = M_TEXT;
	if (word_in(VOID, m->tag) || m->self_closing) return;
	if (m->depth == DEPTH_MAX) die_at(loc, "more than %d elements in each other", DEPTH_MAX);
	Element *e = &m->stack[m->depth++];
	memcpy(e->name, m->tag, sizeof e->name);
	e->line = loc.line;
	if (word_in(" script textarea title ", m->tag)) m->state = M_RAW;
}

static void tag_done(Markup *m, Out *lit, Loc loc)
{
	bool foreign = is_open(m, "svg") || is_open(m, "math");
	if (m->self_closing && !foreign && !word_in(VOID, m->tag))
		die_at(loc, "<%s/>: close it with </%s>", m->tag, m->tag);
	if (m->closing && m->self_closing) die_at(loc, "</%s/> is neither", m->tag);
	out_z(lit, m->self_closing && foreign ? "/>" : ">");
	if (m->closing) element_close(m, loc);
	else element_open(m, loc);
	if (m->state == M_RAW && strcmp(m->tag, "textarea") == 0) out_z(lit, "\n"); // browsers drop the first line end
}

static void attr_named(Markup *m, Out *lit, Loc loc)
{
	const char *a = m->attr;
	if (m->closing) die_at(loc, "a closing tag has no attributes");
	if (strncasecmp(a, "on", 2) == 0 || strncasecmp(a, "hx-on", 5) == 0)
		die_at(loc, "the event handler attribute %s is refused: the policy forbids inline script", a);
	if (strcasecmp(a, "style") == 0) die_at(loc, "the attribute style is refused: add a class to the sheet");
	if (strcasecmp(a, "srcdoc") == 0) die_at(loc, "the attribute srcdoc is refused");
	if (strcasecmp(a, "http-equiv") == 0) die_at(loc, "http-equiv is refused: send the header");
	out_format(lit, " %s", a);
	m->url = word_in(URL_ATTRS, a) ? URL_START : URL_NO;
	if (strcmp(a, "src") == 0) m->has_src = true;
	m->value[0] = '\0';
	m->state = M_IN_TAG;
}

static void value_done(Markup *m, Loc loc)
{
	if (strcmp(m->attr, "type") == 0)
		m->json_type = strcmp(m->value, "application/json") == 0 || strcmp(m->value, "application/ld+json") == 0;
	if (m->url != URL_NO && (strncasecmp(m->value, "javascript:", 11) == 0 ||
							 strncasecmp(m->value, "vbscript:", 9) == 0 || strncasecmp(m->value, "data:", 5) == 0))
		die_at(loc, "a URL may not begin with %s", m->value);
	m->attr[0] = '\0';
	m->url = URL_NO;
	m->state = M_IN_TAG;
}

static void value_char(Markup *m, Out *lit, Loc loc, char c)
{
	size_t n = strlen(m->value);
	if (is_space(c)) {
		c = ' ';
		if (strcmp(m->attr, "class") == 0 && lit->n && lit->p[lit->n - 1] == ' ') return;
	}
	out_mem(lit, &c, 1);
	if (c == m->quote) {
		value_done(m, loc);
		return;
	}
	if (n + 1 < sizeof m->value) append(m->value, c, loc);
	if ((m->url == URL_AFTER_EXPR || m->url == URL_EITHER) && c == ':')
		die_at(loc, "a `:` here could make a scheme of what stands before it");
	if (m->url != URL_NO && strchr("/?#:", c)) m->url = URL_REST;
	else if (m->url == URL_START) m->url = URL_HEAD;
	else if (m->url == URL_EITHER) m->url = URL_AFTER_EXPR;
}

static const char *step_text(Markup *m, Out *lit, Loc loc, const char *p)
{
	if (*p == '<') {
		m->state = M_TAG_START;
		m->closing = m->self_closing = m->json_type = m->has_src = false;
		m->tag[0] = m->attr[0] = '\0';
	} else if (*p == '>') {
		die_at(loc, "a lone `>`: write &gt;");
	} else if (is_space(*p) && !is_open(m, "pre")) {
		m->space = true;
	} else {
		space_settle(m, lit, GAP_INLINE);
		out_mem(lit, p, 1);
	}
	return p + 1;
}

// Contents of script, textarea and title: only the closing tag means something.
static const char *step_raw(Markup *m, Out *lit, Loc loc, const char *p, const char *end)
{
	const char *name = m->stack[m->depth - 1].name;
	size_t n = strlen(name);
	if (*p == '<' && (size_t)(end - p) > n + 1 && p[1] == '/' && strncasecmp(p + 2, name, n) == 0 &&
		!is_word(p[2 + n])) {
		step_text(m, lit, loc, p);
		return p + 1;
	}
	if (strcmp(name, "script") == 0 && !m->json_type) {
		if (!is_space(*p)) die_at(loc, "inline script is refused: put it into a module and use <script src=…>");
	} else {
		out_mem(lit, p, 1);
	}
	return p + 1;
}

static const char *step_tag_start(Markup *m, Out *lit, Loc loc, const char *p, const char *end)
{
	if (*p == '!' && end - p >= 3 && memcmp(p, "!--", 3) == 0) {
		m->state = M_COMMENT;
		return p + 3;
	}
	if (*p == '!' && end - p >= 8 && strncasecmp(p, "!doctype", 8) == 0) {
		m->state = M_DOCTYPE;
		out_z(lit, "<!DOCTYPE");
		return p + 8;
	}
	if (*p == '/' && !m->closing) m->closing = true;
	else if (is_letter(*p)) {
		append(m->tag, *p, loc);
		m->state = M_TAG_NAME;
	} else {
		die_at(loc, "`<` before `%c`: write &lt;", *p);
	}
	return p + 1;
}

static const char *step_tag_name(Markup *m, Out *lit, Loc loc, const char *p)
{
	if (is_letter(*p) || is_word(*p) || *p == '-' || *p == ':') {
		append(m->tag, *p, loc);
		return p + 1;
	}
	tag_named(m, lit, loc);
	return p;
}

static const char *step_in_tag(Markup *m, Out *lit, Loc loc, const char *p)
{
	if (*p == '>') tag_done(m, lit, loc);
	else if (*p == '/') m->self_closing = true;
	else if (is_letter(*p) || *p == '_' || *p == '@' || *p == ':') {
		m->attr[0] = '\0';
		append(m->attr, *p, loc);
		m->state = M_ATTR_NAME;
	} else if (!is_space(*p)) {
		die_at(loc, "`%c` in the tag <%s: attributes are NAME or NAME=\"…\", without space around the =", *p, m->tag);
	}
	return p + 1;
}

static const char *step_attr_name(Markup *m, Out *lit, Loc loc, const char *p)
{
	if (is_word(*p) || *p == '-' || *p == ':' || *p == '.') {
		append(m->attr, *p, loc);
		return p + 1;
	}
	attr_named(m, lit, loc);
	if (*p != '=') return p;
	out_z(lit, "=");
	m->state = M_BEFORE_VALUE;
	return p + 1;
}

static const char *step(Markup *m, Out *lit, Loc loc, const char *p, const char *end)
{
	switch (m->state) {
	case M_TEXT: return step_text(m, lit, loc, p);
	case M_RAW: return step_raw(m, lit, loc, p, end);
	case M_TAG_START: return step_tag_start(m, lit, loc, p, end);
	case M_TAG_NAME: return step_tag_name(m, lit, loc, p);
	case M_IN_TAG: return step_in_tag(m, lit, loc, p);
	case M_ATTR_NAME: return step_attr_name(m, lit, loc, p);
	case M_BEFORE_VALUE:
		if (*p != '"' && *p != '\'') die_at(loc, "quote the value of the attribute %s", m->attr);
		m->quote = *p;
		m->state = M_VALUE;
		out_mem(lit, p, 1);
		return p + 1;
	case M_VALUE: value_char(m, lit, loc, *p); return p + 1;
	case M_COMMENT:
		if (*p != '-' || end - p < 3 || memcmp(p, "-->", 3) != 0) return p + 1;
		m->state = M_TEXT;
		return p + 3;
	case M_DOCTYPE:
		out_mem(lit, p, 1);
		if (*p == '>') {
			m->state = M_TEXT;
			m->before = GAP_BLOCK;
		}
		return p + 1;
	}
	return p + 1;
}

void markup_literal(Markup *m, Out *lit, Loc *loc, const char *p, const char *end)
{
	while (p < end) {
		char c = *p;
		const char *next = step(m, lit, *loc, p, end);
		if (next > p && c == '\n') loc->line++;
		p = next;
	}
}

const char *markup_describe(const Markup *m)
{
	switch (m->state) {
	case M_TEXT: return "text";
	case M_RAW: return m->stack[m->depth - 1].name;
	case M_TAG_START:
	case M_TAG_NAME: return "a tag name";
	case M_IN_TAG: return "a tag, where an attribute name is due";
	case M_ATTR_NAME: return "an attribute name";
	case M_BEFORE_VALUE: return "an unquoted attribute";
	case M_VALUE: return "a quoted attribute";
	case M_COMMENT: return "a comment";
	case M_DOCTYPE: return "the doctype";
	}
	return "?";
}

static Context value_context(Markup *m, Loc loc)
{
	if (word_in(NO_EXPR_ATTRS, m->attr)) die_at(loc, "an interpolation may not stand in the attribute %s", m->attr);
	if (strcmp(m->attr, "type") == 0 && strcmp(m->tag, "script") == 0) die_at(loc, "the type of a script is literal");
	if (m->url == URL_EITHER) die_at(loc, "this is the beginning of the URL in one branch and not in another");
	if (m->url == URL_NO) return CTX_ATTR;
	bool start = m->url == URL_START;
	if (m->url != URL_REST) m->url = URL_AFTER_EXPR;
	return start ? CTX_URL : CTX_URLPART;
}

Context markup_context(Markup *m, Out *lit, Loc loc)
{
	if (m->state == M_TEXT) {
		space_settle(m, lit, GAP_INLINE);
		return CTX_TEXT;
	}
	if (m->state == M_VALUE) return value_context(m, loc);
	if (m->state == M_RAW && strcmp(m->stack[m->depth - 1].name, "script") != 0) return CTX_RCDATA;
	if (m->state == M_RAW && m->json_type) return CTX_JSON;
	die_at(loc, "an interpolation may not stand in %s", markup_describe(m));
}

void markup_control(Markup *m, Out *lit, Loc loc)
{
	if (m->state == M_TAG_NAME) tag_named(m, lit, loc);
	if (m->state == M_ATTR_NAME) attr_named(m, lit, loc);
	if (m->state == M_TEXT && m->space) {
		if (m->before == GAP_INLINE) {
			out_z(lit, " ");
			m->before = GAP_SPACE;
		}
		m->space = false;
	}
	if (m->state == M_TAG_START || m->state == M_BEFORE_VALUE || m->state == M_COMMENT || m->state == M_DOCTYPE ||
		(m->state == M_RAW && strcmp(m->stack[m->depth - 1].name, "script") == 0 && !m->json_type))
		die_at(loc, "a control tag may not stand in %s", markup_describe(m));
}

void markup_loop(Markup *m)
{
	if (m->url == URL_START) m->url = URL_EITHER;
	if (m->url == URL_HEAD) m->url = URL_AFTER_EXPR;
}

void markup_want_text(const Markup *m, Loc loc, const char *what)
{
	if (m->state != M_TEXT) die_at(loc, "%s may stand in text only, not in %s", what, markup_describe(m));
}

bool markup_same(const Markup *a, const Markup *b)
{
	if (a->state != b->state || a->depth != b->depth) return false;
	for (int i = 0; i < a->depth; i++)
		if (strcmp(a->stack[i].name, b->stack[i].name) != 0) return false;
	if (a->state == M_IN_TAG || a->state == M_VALUE)
		if (strcmp(a->tag, b->tag) != 0 || a->self_closing != b->self_closing) return false;
	return a->state != M_VALUE || (strcmp(a->attr, b->attr) == 0 && a->quote == b->quote);
}

void markup_merge(Markup *into, const Markup *other)
{
	if (into->url != other->url) {
		bool start = into->url == URL_START || other->url == URL_START || into->url == URL_EITHER ||
					 other->url == URL_EITHER;
		into->url = start ? URL_EITHER : URL_AFTER_EXPR;
	}
	if (into->before != other->before)
		into->before = into->before == GAP_INLINE || other->before == GAP_INLINE ? GAP_INLINE : GAP_SPACE;
	into->has_src |= other->has_src;
}
