// SPDX-License-Identifier: AGPL-3.0-or-later
// Directives, blocks and the C that they become.
#include "tmplc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum BlockKind { B_TEMPLATE, B_LAYOUT, B_IF, B_FOR, B_WRAP } BlockKind;
static const char *const BLOCK_NAMES[] = {"template", "layout", "if", "for", "wrap"};
struct Block {
	BlockKind kind;
	Loc loc;
	Block *below;
	Markup start, merged; // where each branch begins; what the branches so far lead to
	bool has_merged, has_else, has_slot;
	char *text; // layout: name and parameters for the second half; wrap: the call that closes; for: the list
	char *params;
};
typedef struct Call {
	char *module, *name, *args; // args: "" or the text between the brackets
} Call;
enum { LITERAL_MAX_BYTES = 3900, LINE_CHARS = 96 };

static void indent(Compiler *c)
{
	for (int i = 0; i < c->blocks; i++) out_z(&c->code, "\t");
}

void code_line(Compiler *c)
{
	out_format(&c->code, "#line %d \"%s\"\n", c->loc.line, c->loc.file);
	indent(c);
}

static size_t literal_char(Out *code, const char *p)
{
	unsigned char ch = (unsigned char)*p;
	if (*p == '\n') out_z(code, "\\n");
	else if (*p == '\t') out_z(code, "\\t");
	else if (*p == '"' || *p == '\\' || *p == '?') out_format(code, "\\%c", *p);
	else if (ch < 0x20 || ch == 0x7f) out_format(code, "\\%03o", ch);
	else out_mem(code, p, 1);
	return 1;
}

static bool breaks_after(const char *p) { return *p == '\n' || *p == '>' || *p == ' '; }

// Writes the pending literal as HTML_LIT calls; C compilers promise strings of 4095 bytes.
void code_flush(Compiler *c)
{
	for (size_t at = 0; at < c->lit.n;) {
		size_t end = at + LITERAL_MAX_BYTES < c->lit.n ? at + LITERAL_MAX_BYTES : c->lit.n, column = 0;
		while (end < c->lit.n && ((unsigned char)c->lit.p[end] & 0xc0) == 0x80) end--;
		indent(c);
		out_z(&c->code, "HTML_LIT(w, \"");
		for (; at < end; at++) {
			column += literal_char(&c->code, c->lit.p + at);
			if (column < LINE_CHARS || at + 1 == end || !breaks_after(c->lit.p + at)) continue;
			out_z(&c->code, "\"\n");
			indent(c);
			out_z(&c->code, "\t\"");
			column = 0;
		}
		out_z(&c->code, "\");\n");
	}
	c->lit.n = 0;
}

static Block *block_push(Compiler *c, BlockKind kind)
{
	Block *b = must(calloc(1, sizeof *b));
	b->kind = kind;
	b->loc = c->loc;
	b->below = c->top;
	b->start = c->markup;
	c->top = b;
	c->blocks++;
	c->markup.floor = c->markup.depth;
	b->start.floor = b->below ? b->below->start.depth : 0;
	return b;
}

// Every way into a function's parameters is silenced, so that a template may leave one unused.
static void unused_emit(Compiler *c, const char *params)
{
	out_z(&c->code, "\t(void)w;\n");
	for (const char *p = params, *end; *p; p = *end ? end + 1 : end) {
		end = p + strcspn(p, ",");
		const char *last = end;
		while (last > p && !is_word(last[-1])) last--;
		const char *first = last;
		while (first > p && is_word(first[-1])) first--;
		if (first == last || first == p) die_at(c->loc, "a parameter is a type and a name");
		out_format(&c->code, "\t(void)%.*s;\n", (int)(last - first), first);
	}
}

static void function_begin(Compiler *c, const char *name, const char *suffix, const char *params)
{
	Out head = {0};
	out_format(&head, "void html_%s_%s%s(Html *w%s%s)", c->name, name, suffix, *params ? ", " : "", params);
	if (c->prototypes.p && strstr(c->prototypes.p, head.p)) die_at(c->loc, "a second template of the name %s", name);
	out_format(&c->prototypes, "%s;\n", head.p);
	code_line(c);
	out_format(&c->code, "%s\n{\n", head.p);
	unused_emit(c, params);
}

// NAME(ARGS) or MODULE.NAME(ARGS)
static Call call_parse(Compiler *c, const char *args)
{
	const char *open = strchr(args, '('), *close = strrchr(args, ')');
	if (!open || !close || *skip_space(close + 1)) die_at(c->loc, "expected NAME(…), not `%s`", args);
	char *name = copy_range(args, open), *dot = strchr(name, '.');
	Call call = {must(strdup(c->name)), name, copy_range(open + 1, close)};
	if (dot) {
		*dot = '\0';
		call.module = name;
		call.name = dot + 1;
	}
	for (const char *p = call.name; *p; p++)
		if (!is_word(*p)) die_at(c->loc, "`%s` is not the name of a template", call.name);
	if (!*call.name || !*call.module) die_at(c->loc, "expected NAME(…), not `%s`", args);
	return call;
}

static void do_function(Compiler *c, const char *args, BlockKind kind)
{
	if (c->top) die_at(c->loc, "a %s may not begin inside another block", BLOCK_NAMES[kind]);
	Call call = call_parse(c, args);
	if (strcmp(call.module, c->name) != 0) die_at(c->loc, "a template of the module %s is defined there", call.module);
	c->markup = (Markup){0};
	function_begin(c, call.name, kind == B_LAYOUT ? "_open" : "", call.args);
	Block *b = block_push(c, kind);
	b->text = call.name;
	b->params = call.args;
}
static void do_template(Compiler *c, const char *args) { do_function(c, args, B_TEMPLATE); }
static void do_layout(Compiler *c, const char *args) { do_function(c, args, B_LAYOUT); }

static void do_slot(Compiler *c, const char *args)
{
	Block *b = c->top;
	if (*args) die_at(c->loc, "slot takes no arguments");
	if (!b || b->kind != B_LAYOUT || b->has_slot)
		die_at(c->loc, "one {%% slot %%} stands directly in a layout, no more");
	markup_want_text(&c->markup, c->loc, "a slot");
	b->has_slot = true;
	code_flush(c);
	out_z(&c->code, "}\n\n");
	c->blocks = 0;
	function_begin(c, b->text, "_close", b->params);
	c->blocks = 1;
	markup_block(&c->markup);
}

static void do_include(Compiler *c, const char *args)
{
	Out line = {0};
	if (c->top) die_at(c->loc, "include stands outside of templates");
	if (*args != '"' || *skip_quoted(args) || strpbrk(args, "\\\n")) die_at(c->loc, "include takes one quoted path");
	out_format(&line, "#include %s\n", args);
	if (!c->includes.p || !strstr(c->includes.p, line.p)) out_z(&c->includes, line.p);
}

static void call_emit(Compiler *c, Call call, const char *suffix)
{
	if (*call.args) expr_check(c->loc, call.args);
	code_flush(c);
	code_line(c);
	out_format(&c->code, "html_%s_%s%s(w%s%s);\n", call.module, call.name, suffix, *call.args ? ", " : "", call.args);
}

static void do_call(Compiler *c, const char *args)
{
	markup_want_text(&c->markup, c->loc, "a call");
	c->markup.before = GAP_INLINE;
	call_emit(c, call_parse(c, args), "");
}

static void do_wrap(Compiler *c, const char *args)
{
	markup_want_text(&c->markup, c->loc, "a wrap");
	call_emit(c, call_parse(c, args), "_open");
	block_push(c, B_WRAP)->text = must(strdup(args));
	markup_block(&c->markup);
}

static void do_if(Compiler *c, const char *args)
{
	expr_check(c->loc, args);
	code_flush(c);
	code_line(c);
	out_format(&c->code, "if (%s) {\n", args);
	block_push(c, B_IF);
}

static void do_for(Compiler *c, const char *args)
{
	const char *in = strstr(args, " in "), *comma = in ? memchr(args, ',', (size_t)(in - args)) : NULL;
	if (!in) die_at(c->loc, "expected {%% for NAME in LIST %%} or {%% for NAME, INDEX in LIST %%}");
	char *item = copy_range(args, comma ? comma : in), *index = comma ? copy_range(comma + 1, in) : NULL;
	char *list = copy_range(in + 4, in + strlen(in));
	for (const char *p = item; *p; p++)
		if (!is_word(*p)) die_at(c->loc, "`%s` is not a name", item);
	for (const char *p = index ? index : ""; *p; p++)
		if (!is_word(*p)) die_at(c->loc, "`%s` is not a name", index);
	if (!*item || (index && !*index)) die_at(c->loc, "a name is missing in for");
	expr_check(c->loc, list);
	code_flush(c);
	code_line(c);
	int i = c->loops++;
	out_format(&c->code, "for (size_t i_%d = 0; i_%d < (%s).n; i_%d++) {\n", i, i, list, i);
	Block *b = block_push(c, B_FOR);
	b->text = list;
	code_line(c);
	out_format(&c->code, "const __typeof__(*(%s).v) *%s = &(%s).v[i_%d];\n", list, item, list, i);
	indent(c);
	out_format(&c->code, "(void)%s;\n", item);
	if (index) {
		indent(c);
		out_format(&c->code, "const size_t %s = i_%d;\n", index, i);
		indent(c);
		out_format(&c->code, "(void)%s;\n", index);
	}
	markup_loop(&c->markup);
}

// A branch ends: it has to leave the HTML where it began.
static void branch_end(Compiler *c, Block *b)
{
	code_flush(c);
	if (!markup_same(&b->start, &c->markup)) {
		const Markup *m = &c->markup;
		const char *open = m->state == M_TEXT && m->depth > b->start.depth ? m->stack[m->depth - 1].name : NULL;
		if (open) die_at(c->loc, "<%s> of line %d is not closed in its block", open, m->stack[m->depth - 1].line);
		die_at(c->loc, "this branch of {%% %s %%} of line %d began in %s and ends in %s", BLOCK_NAMES[b->kind],
			   b->loc.line, markup_describe(&b->start), markup_describe(m));
	}
	if (b->has_merged) markup_merge(&b->merged, &c->markup);
	else b->merged = c->markup;
	b->has_merged = true;
}

static void branch_next(Compiler *c, Block *b)
{
	branch_end(c, b);
	c->markup = b->start;
	c->markup.floor = b->start.depth;
	c->blocks--;
	code_line(c);
	c->blocks++;
}

static void do_elif(Compiler *c, const char *args)
{
	Block *b = c->top;
	if (!b || b->kind != B_IF || b->has_else) die_at(c->loc, "elif without its if");
	expr_check(c->loc, args);
	branch_next(c, b);
	out_format(&c->code, "} else if (%s) {\n", args);
}

static void do_else(Compiler *c, const char *args)
{
	Block *b = c->top;
	if (*args) die_at(c->loc, "else takes no arguments");
	if (!b || (b->kind != B_IF && b->kind != B_FOR) || b->has_else) die_at(c->loc, "else without its if or for");
	b->has_else = true;
	branch_next(c, b);
	if (b->kind == B_IF) out_z(&c->code, "} else {\n");
	else out_format(&c->code, "}\n\tif ((%s).n == 0) {\n", b->text);
}

static void do_end(Compiler *c, const char *args)
{
	Block *b = c->top;
	if (*args) die_at(c->loc, "end takes no arguments");
	if (!b) die_at(c->loc, "end without a beginning");
	if (b->kind == B_LAYOUT && !b->has_slot) die_at(c->loc, "the layout of line %d has no {%% slot %%}", b->loc.line);
	branch_end(c, b);
	if ((b->kind == B_IF || b->kind == B_FOR) && !b->has_else) markup_merge(&b->merged, &b->start);
	c->markup = b->merged;
	c->markup.floor = b->start.floor;
	c->top = b->below;
	c->blocks--;
	if (b->kind == B_WRAP) {
		call_emit(c, call_parse(c, b->text), "_close");
		markup_block(&c->markup);
		return;
	}
	indent(c);
	out_z(&c->code, b->below ? "}\n" : "}\n\n");
}

static void value_call(Compiler *c, const char *function, const char *args)
{
	expr_check(c->loc, args);
	code_flush(c);
	code_line(c);
	out_format(&c->code, "%s(w, %s);\n", function, args);
}

static void do_time(Compiler *c, const char *args)
{
	markup_want_text(&c->markup, c->loc, "a time");
	markup_context(&c->markup, &c->lit, c->loc);
	value_call(c, "html_time", args);
}
static void do_date(Compiler *c, const char *args)
{
	markup_want_text(&c->markup, c->loc, "a date");
	markup_context(&c->markup, &c->lit, c->loc);
	value_call(c, "html_date", args);
}
static void plain_value(Compiler *c, const char *function, const char *args)
{
	Context ctx = markup_context(&c->markup, &c->lit, c->loc);
	if (ctx != CTX_TEXT && ctx != CTX_RCDATA && ctx != CTX_ATTR) die_at(c->loc, "this may not stand in a URL or JSON");
	value_call(c, function, args);
}
static void do_count(Compiler *c, const char *args) { plain_value(c, "HTML_COUNT", args); }
static void do_datetime(Compiler *c, const char *args) { plain_value(c, "HTML_DATETIME", args); }

// icon NAME · icon NAME t "key": the name is a symbol of the sprite; ICON_NAME comes from assets_gen.h.
static void do_icon(Compiler *c, const char *args)
{
	const char *p = args;
	Out name = {0};
	for (; is_word(*p) || *p == '-'; p++) {
		char up = *p == '-' ? '_' : *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
		out_mem(&name, &up, 1);
	}
	if (!name.n) die_at(c->loc, "icon takes the name of a symbol");
	markup_want_text(&c->markup, c->loc, "an icon");
	markup_context(&c->markup, &c->lit, c->loc);
	c->wants_assets = true;
	p = skip_space(p);
	if (p[0] == 't' && is_space(p[1])) {
		out_z(&c->lit, "<svg class=\"icon\" role=\"img\" aria-label=\"");
		Markup text = c->markup;
		c->markup.state = M_VALUE; // the label is in an attribute
		c->markup.url = URL_NO;
		message_emit(c, skip_space(p + 1));
		c->markup = text;
		out_z(&c->lit, "\"><use href=\"");
	} else {
		if (*p) die_at(c->loc, "expected {%% icon NAME %%} or {%% icon NAME t \"key\" %%}");
		out_z(&c->lit, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"");
	}
	code_flush(c);
	code_line(c);
	out_format(&c->code, "HTML_LIT(w, ICON_%s);\n", name.p);
	out_z(&c->lit, "\"/></svg>");
}

static const struct Directive {
	const char *name;
	void (*run)(Compiler *c, const char *args);
} DIRECTIVES[] = {
	{"template", do_template}, {"layout", do_layout}, {"slot", do_slot}, {"include", do_include},
	{"call", do_call},         {"wrap", do_wrap},     {"if", do_if},     {"elif", do_elif},
	{"else", do_else},         {"for", do_for},       {"end", do_end},   {"time", do_time},
	{"date", do_date},         {"count", do_count},   {"icon", do_icon}, {"datetime", do_datetime},
};

static void directive(Compiler *c, const char *text)
{
	size_t n = 0;
	while (is_word(text[n])) n++;
	for (size_t i = 0; i < sizeof DIRECTIVES / sizeof DIRECTIVES[0]; i++) {
		if (strlen(DIRECTIVES[i].name) != n || memcmp(DIRECTIVES[i].name, text, n) != 0) continue;
		bool closes = DIRECTIVES[i].run == do_end && c->top && c->top->kind != B_IF && c->top->kind != B_FOR;
		if (closes) c->markup.space = false;
		if (c->top) markup_control(&c->markup, &c->lit, c->loc);
		bool outside = strcmp(DIRECTIVES[i].name, "template") == 0 || strcmp(DIRECTIVES[i].name, "layout") == 0 ||
					   strcmp(DIRECTIVES[i].name, "include") == 0 || strcmp(DIRECTIVES[i].name, "end") == 0;
		if (!c->top && !outside) die_at(c->loc, "{%% %s %%} stands inside a template", DIRECTIVES[i].name);
		DIRECTIVES[i].run(c, skip_space(text + n));
		return;
	}
	die_at(c->loc, "unknown directive {%% %s %%}", text);
}

static void interpolation(Compiler *c, const char *text)
{
	static const char *const MACROS[] = {"HTML_TEXT", "HTML_ATTR",    "HTML_ATTR",
										 "HTML_URL",  "HTML_URLPART", "HTML_JSON"};
	if (!c->top) die_at(c->loc, "an interpolation stands inside a template");
	if (text[0] == 't' && is_space(text[1])) {
		message_emit(c, skip_space(text + 1));
		return;
	}
	bool json = strncmp(text, "json", 4) == 0 && is_space(text[4]);
	const char *expr = json ? skip_space(text + 4) : text;
	expr_check(c->loc, expr);
	Context ctx = markup_context(&c->markup, &c->lit, c->loc);
	if (json != (ctx == CTX_JSON))
		die_at(c->loc,
			   json ? "json stands in <script type=\"application/json\"> only" : "write {{ json … }} in a JSON script");
	value_call(c, MACROS[ctx], expr);
}

static const char *find_close(Loc loc, const char *p, const char *close)
{
	for (; *p; p++) {
		if (*p == close[0] && p[1] == close[1]) return p;
		if ((*p == '"' || *p == '\'') && close[0] != '#') p = skip_quoted(p) - 1;
	}
	die_at(loc, "`%s` is missing", close);
}

static const char *find_open(const char *p)
{
	while (*p && !(*p == '{' && (p[1] == '{' || p[1] == '%' || p[1] == '#'))) p++;
	return p;
}

static void literal(Compiler *c, const char *p, const char *end)
{
	if (c->top) {
		markup_literal(&c->markup, &c->lit, &c->loc, p, end);
		return;
	}
	for (; p < end; p++) {
		if (*p == '\n') c->loc.line++;
		else if (!is_space(*p)) die_at(c->loc, "text outside of a template");
	}
}

void compile_file(Compiler *c, const char *path)
{
	c->loc = (Loc){path, 1};
	c->markup = (Markup){0};
	for (const char *p = file_read(path); *p;) {
		const char *open = find_open(p);
		literal(c, p, open);
		if (!*open) break;
		const char *mark = open[1] == '{' ? "}}" : open[1] == '%' ? "%}" : "#}";
		const char *close = find_close(c->loc, open + 2, mark);
		char *inner = copy_range(open + 2, close);
		if (open[1] == '{') interpolation(c, inner);
		else if (open[1] == '%') directive(c, inner);
		for (p = open; p < close; p++)
			if (*p == '\n') c->loc.line++;
		p = close + 2;
	}
	if (c->top) die_at(c->loc, "{%% %s %%} of line %d is not closed", BLOCK_NAMES[c->top->kind], c->top->loc.line);
}
