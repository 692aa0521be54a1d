// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared by the files of tmplc; the specification is at the top of main.c.
//   main.c arguments and output · parse.c directives and blocks · markup.c the HTML state machine
//   messages.c the catalogue · text.c growing text, errors, expressions
// The program runs once and exits, so memory is never given back.
#pragma once
#include <stdbool.h>
#include <stddef.h>

typedef struct Out { // growing, always NUL-terminated once written to
	char *p;
	size_t n, cap;
} Out;

typedef struct Loc {
	const char *file;
	int line;
} Loc;

// text.c
void *must(void *p);
void out_mem(Out *o, const char *p, size_t n);
void out_z(Out *o, const char *z);
__attribute__((format(printf, 2, 3))) void out_format(Out *o, const char *fmt, ...);
__attribute__((format(printf, 2, 3))) _Noreturn void die_at(Loc loc, const char *fmt, ...);
char *file_read(const char *path);
char *copy_range(const char *from, const char *to); // trimmed of white space
bool word_in(const char *list, const char *word);   // list: " a b c "
bool is_space(char c);
bool is_word(char c);
const char *skip_space(const char *p);
const char *skip_quoted(const char *p); // p at a quote; returns behind the closing one, or at the NUL
void expr_check(Loc loc, const char *expr);
void out_escaped(Out *o, const char *p, size_t n, bool attr); // as HTML text or attribute

// messages.c
typedef struct Message {
	const char *key, *form, *text; // form: "" or "one", "other", …
	Loc loc;
} Message;
typedef struct Catalogue {
	Message *v;
	size_t n;
} Catalogue;
void catalogue_read(Catalogue *c, const char *path);
const Message *catalogue_find(const Catalogue *c, const char *key, const char *form);
void catalogue_emit(const Catalogue *c, Out *out);

// markup.c
typedef enum Context { CTX_TEXT, CTX_RCDATA, CTX_ATTR, CTX_URL, CTX_URLPART, CTX_JSON } Context;
typedef enum MarkupState {
	M_TEXT,
	M_RAW,
	M_TAG_START,
	M_TAG_NAME,
	M_IN_TAG,
	M_ATTR_NAME,
	M_BEFORE_VALUE,
	M_VALUE,
	M_COMMENT,
	M_DOCTYPE
} MarkupState;
// How far a URL attribute has come. HEAD: literal only, no delimiter yet. REST: behind the scheme or a delimiter.
// EITHER: START on one way here, but not on another.
typedef enum Url { URL_NO, URL_START, URL_HEAD, URL_AFTER_EXPR, URL_REST, URL_EITHER } Url;
typedef enum Gap { GAP_BLOCK, GAP_SPACE, GAP_INLINE } Gap; // what stands before: says whether white space matters

enum { NAME_MAX_BYTES = 40, DEPTH_MAX = 48 };
typedef struct Element {
	char name[NAME_MAX_BYTES];
	int line;
} Element;
typedef struct Markup {
	MarkupState state;
	char tag[NAME_MAX_BYTES], attr[NAME_MAX_BYTES], value[NAME_MAX_BYTES], quote;
	bool closing, self_closing, json_type, has_src;
	Url url;
	Gap before;
	bool space; // white space seen in text, not yet written
	Element stack[DEPTH_MAX];
	int depth, floor; // floor: elements below it were opened outside the present block
} Markup;
void markup_literal(Markup *m, Out *lit, Loc *loc, const char *p, const char *end);
Context markup_context(Markup *m, Out *lit, Loc loc); // where an interpolation stands; dies where none may
void markup_control(Markup *m, Out *lit, Loc loc);    // before a control tag
void markup_want_text(const Markup *m, Loc loc, const char *what);
void markup_loop(Markup *m);  // a loop begins: what follows may stand at the beginning or after another round
void markup_block(Markup *m); // what comes now is like a block element
bool markup_same(const Markup *a, const Markup *b);
void markup_merge(Markup *into, const Markup *other); // both have the same state; joins what may differ
const char *markup_describe(const Markup *m);

// parse.c
typedef struct Block Block;
typedef struct Compiler {
	const char *name;
	Catalogue messages;
	Out includes, prototypes, code, lit;
	bool wants_assets, wants_i18n;
	Loc loc;
	Markup markup;
	Block *top;
	int blocks, loops;
	const char *last_file;
	int last_line;
} Compiler;
void compile_file(Compiler *c, const char *path);
void code_flush(Compiler *c);
void code_line(Compiler *c); // #line for the present place
void message_emit(Compiler *c, const char *args);
