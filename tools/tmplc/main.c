// SPDX-License-Identifier: AGPL-3.0-or-later
// tmplc: HTML templates to C. This comment is its specification.
//
//   tmplc --name NAME [--catalogue FILE…] --out-h NAME_html.h --out-c NAME_html.c views/*.html
//   tmplc --messages --catalogue FILE… --out-c messages_gen.c          the table behind message_get (web/i18n.h)
// A file whose name ends in .html is a view wherever it stands among the arguments.
//
// Functions
//   {% include "community/view.h" %}         an #include of the generated header; outside of templates
//   {% template topic(const TopicView *v) %} … {% end %}      void html_NAME_topic(Html *w, const TopicView *v);
//   {% layout shell(const Shell *s) %} … {% slot %} … {% end %}    html_NAME_shell_open, html_NAME_shell_close
//   {% wrap web.shell(&v->shell) %} … {% end %}     the two calls around; the module's own name may be left out
//   {% call post(p, v) %}  {% call web.avatar(p->handle) %}        html_NAME_post(w, p, v), html_web_avatar(w, …)
// Blocks
//   {% if EXPR %} {% elif EXPR %} {% else %} {% end %}
//   {% for p in v->posts %} … {% else %} (none) {% end %}   {% for p, i in v->posts %}
//       the list is a struct {T *v; size_t n}; p is a const T *; the index is a size_t
//   A branch leaves the HTML where it began and closes no element that was opened outside. It may stand between
//   attributes (<input {% if v->on %}checked{% end %}>) and in a quoted value.
// Values
//   {{ EXPR }}           text, quoted attribute, URL attribute: the tool knows from the HTML before it.
//                        HTML_TEXT, HTML_ATTR, HTML_URL (beginning of a URL), HTML_URLPART (later in one). In
//                        textarea and title HTML_ATTR, so that SafeHtml cannot close them.
//   {{ json EXPR }}      HTML_JSON; only in <script type="application/json"> or "application/ld+json"
//   {% time T %} {% date T %}    <time datetime="2018-03-12T18:28:09Z">12 Mar 2018, 18:28</time>, or without the clock; 0: nothing
//   {% datetime T %}     2018-03-12T18:28:09Z, text or attribute     {% count N %}   12,345, text or attribute
//   {% icon check %}     the symbol i-check of the sprite, hidden from readers; an unknown one does not compile (ICON_CHECK)
//   {% icon check t "topic.solved" %}   the same with role="img" and a label
//   {# comment #}        nothing. HTML comments are left out too.
//   EXPR is C without assignment, statement, comment or shift. It is compiled under #line: a wrong member or type is an
//   error of the C compiler at the template's line.
// Messages
//   {{ t "topic.reply" }}   {{ t "topic.answers" n=v->answers_n who=v->handle }}   {{ t EXPR }} (key known at run time)
//   A catalogue has lines `key = text with {name} places`, `key[one] = …` with `key[other] = …` (chosen by the argument
//   n, which is written with thousands separators), and # comments. Text and arguments are escaped by context. A key that
//   is missing, a missing and a superfluous argument are errors. English is compiled in as literals: one memcpy. A further
//   language becomes a second set of functions from its catalogue (same keys, plural forms of the language), chosen by the
//   caller that owns the writer; nothing in templates changes.
// HTML
//   White space next to a block element, inside a tag and at the ends of a template is dropped, other runs become one space;
//   pre and textarea keep theirs. Elements are closed explicitly, void elements never; values of attributes are quoted.
// Refused, with file and line
//   an interpolation in script, style, comment, tag or attribute name, unquoted value, on*, style, srcdoc, srcset, hx-vals
//   and the like, or where it begins a URL on one way but not on another; the attributes on*, style, srcdoc, http-equiv and
//   the element style even when literal; inline script; a URL that begins javascript:, vbscript: or data:; tags that do
//   not balance; a block element in a p; unclosed directives; a branch that ends elsewhere than it began.
#include "tmplc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Args {
	const char *name, *out_h, *out_c;
	bool messages;
	const char **views, **catalogues;
	size_t views_n, catalogues_n;
} Args;

_Noreturn static void usage(const char *what)
{
	fprintf(stderr,
			"tmplc: %s\nusage: tmplc --name NAME [--catalogue FILE...] --out-h H --out-c C VIEW.html...\n"
			"       tmplc --messages --catalogue FILE... --out-c C\n",
			what);
	exit(2);
}

static bool ends_html(const char *s)
{
	size_t n = strlen(s);
	return n > 5 && strcmp(s + n - 5, ".html") == 0;
}

// Options with a value; NULL for anything else.
static const char **args_slot(Args *a, const char *option)
{
	if (strcmp(option, "--name") == 0) return &a->name;
	if (strcmp(option, "--out-h") == 0) return &a->out_h;
	return strcmp(option, "--out-c") == 0 ? &a->out_c : NULL;
}

static void args_check(const Args *a)
{
	if (!a->out_c || (!a->messages && (!a->name || !a->out_h || !a->views_n))) usage("an argument is missing");
	for (const char *p = a->name ? a->name : ""; *p; p++)
		if (!is_word(*p)) usage("a name is of letters, digits and _");
}

static Args args_parse(int argc, char **argv)
{
	Args a = {.views = must(calloc((size_t)argc, sizeof *a.views)),
			  .catalogues = must(calloc((size_t)argc, sizeof *a.views))};
	bool in_catalogue = false;
	for (int i = 1; i < argc; i++) {
		const char *s = argv[i], **slot = args_slot(&a, s);
		if (slot) {
			if (i + 1 == argc) usage("a value is missing");
			*slot = argv[++i];
			in_catalogue = false;
		} else if (strcmp(s, "--messages") == 0) a.messages = true;
		else if (strcmp(s, "--catalogue") == 0) in_catalogue = true;
		else if (ends_html(s)) a.views[a.views_n++] = s;
		else if (in_catalogue) a.catalogues[a.catalogues_n++] = s;
		else usage(s);
	}
	args_check(&a);
	return a;
}

static void file_write(const char *path, const Out *o)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(o->p, 1, o->n, f) != o->n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void write_templates(const Args *a, Compiler *c)
{
	Out h = {0}, code = {0};
	const char *base = strrchr(a->out_h, '/');
	const char *note = "// Generated by tools/tmplc. Do not edit.\n";
	out_format(&h, "%s#pragma once\n#include \"web/html.h\"\n", note);
	if (c->includes.n) out_z(&h, c->includes.p);
	out_format(&h, "\n%s", c->prototypes.n ? c->prototypes.p : "");
	out_format(&code, "%s#include \"%s\"\n%s%s\n", note, base ? base + 1 : a->out_h,
			   c->wants_assets ? "#include \"assets_gen.h\"\n" : "", c->wants_i18n ? "#include \"web/i18n.h\"\n" : "");
	out_z(&code, c->code.n ? c->code.p : "");
	file_write(a->out_h, &h);
	file_write(a->out_c, &code);
}

int main(int argc, char **argv)
{
	Args a = args_parse(argc, argv);
	Compiler c = {.name = a.name};
	for (size_t i = 0; i < a.catalogues_n; i++) catalogue_read(&c.messages, a.catalogues[i]);
	if (a.messages) {
		Out table = {0}, header = {0};
		catalogue_emit(&c.messages, &table);
		out_z(&header, "// Generated by tools/tmplc. Do not edit.\n#pragma once\n#include \"web/i18n.h\"\n");
		file_write(a.out_c, &table);
		if (a.out_h) file_write(a.out_h, &header);
		return 0;
	}
	for (size_t i = 0; i < a.views_n; i++) compile_file(&c, a.views[i]);
	write_templates(&a, &c);
	return 0;
}
