// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a listening query by recursive descent.
#include "text/query_impl.h"

#include "text/fold.h"

typedef struct Parser {
	Ctx *cx;
	Str text;
	size_t at;
	int depth;
	QueryNode *nodes;
	uint16_t n;
	TextScan *scan;
} Parser;

static Status wrong(const Parser *p, const char *what)
{
	return fail(p->cx, ST_INVALID, "query, at character %zu: %s", p->at + 1, what);
}

static Status node(Parser *p, QueryNode n, uint16_t *ret)
{
	if (p->n == QUERY_NODES_MAX) return wrong(p, "too many terms");
	p->nodes[p->n] = n;
	*ret = p->n++;
	return ST_OK;
}

static void skip_spaces(Parser *p)
{
	while (p->at < p->text.n && (unsigned char)p->text.p[p->at] <= ' ') p->at++;
}

static char peek(const Parser *p) { return p->at < p->text.n ? p->text.p[p->at] : 0; }

static Status wrong_at(Parser *p, size_t at, const char *what)
{
	p->at = at;
	return wrong(p, what);
}

static bool word_ends(char c) { return (unsigned char)c <= ' ' || c == '(' || c == ')' || c == '"'; }

// Takes the operator if it stands here as a word of its own.
static bool take_word(Parser *p, Str word)
{
	skip_spaces(p);
	if (!str_starts(str_sub(p->text, p->at, p->text.n), word)) return false;
	size_t end = p->at + word.n;
	if (end < p->text.n && !word_ends(p->text.p[end])) return false;
	p->at = end;
	return true;
}

static Status number(Parser *p, uint32_t *ret)
{
	uint32_t v = 0;
	size_t from = p->at;
	while (peek(p) >= '0' && peek(p) <= '9' && p->at - from < 4) v = v * 10 + (uint32_t)(p->text.p[p->at++] - '0');
	if (p->at == from) return wrong(p, "a number is missing");
	if (peek(p) >= '0' && peek(p) <= '9') return wrong_at(p, from, "the number is over 9999");
	*ret = v;
	return ST_OK;
}

// A word; with a * behind it, all that begin with it.
static Status term(Parser *p, Str text, const Token *t, uint16_t *ret)
{
	QueryNode n = {.kind = NODE_TERM, .hash = token_exact_hash(p->scan, t), .length = (uint8_t)t->cps};
	bool star = t->end < text.n && text.p[t->end] == '*' && (t->end + 1 == text.n || word_ends(text.p[t->end + 1]));
	n.prefix = star && t->kind == TOKEN_WORD && t->cps > 1 && t->cps <= 24;
	if (n.prefix) n.hash ^= PREFIX_SALT;
	if (t->kind == TOKEN_MENTION) n.hash = folded_hash(str_sub(text, t->at, t->end));
	return node(p, n, ret);
}

// Adds the terms of a stretch of text: words, and every character of a script without spaces.
static Status terms(Parser *p, Str text, uint16_t *ret_from, uint16_t *ret_to)
{
	uint16_t id = 0;
	*ret_from = p->n;
	text_scan(p->scan, text);
	for (size_t i = 0; i < p->scan->tokens_n; i++) {
		const Token *t = &p->scan->tokens[i];
		QueryNode n = {.kind = NODE_TERM, .length = 4}; // of a run: rarer than a letter
		if (t->kind == TOKEN_PUNCT || t->kind == TOKEN_EMOTICON || t->kind == TOKEN_URL) continue;
		if (t->kind != TOKEN_RUN) TRY(term(p, text, t, &id));
		for (uint32_t k = 0; t->kind == TOKEN_RUN && k < t->cps; k++) {
			n.hash = hash_end(hash_step(HASH_SEED, p->scan->cps[t->cp + k]));
			TRY(node(p, n, &id));
		}
	}
	*ret_to = p->n;
	return *ret_to > *ret_from ? ST_OK : wrong(p, "a word is missing");
}

static Status phrase_of(Parser *p, Str text, uint32_t slop, uint16_t *ret)
{
	uint16_t from = 0, to = 0;
	TRY(terms(p, text, &from, &to));
	if (to - from == 1) {
		*ret = from;
		return ST_OK;
	}
	return node(p, (QueryNode){.kind = NODE_PHRASE, .left = from, .right = to, .distance = slop}, ret);
}

// What stands between the quotation mark here and the next.
static Status quotation(Parser *p, Str *ret)
{
	size_t from = p->at + 1, n;
	if (!str_find_char(str_sub(p->text, from, p->text.n), '"', &n)) return wrong(p, "the quotation is not closed");
	*ret = str_sub(p->text, from, from + n);
	p->at = from + n + 1;
	return ST_OK;
}

static Status quoted(Parser *p, uint16_t *ret)
{
	uint32_t slop = 0;
	Str inner;
	TRY(quotation(p, &inner));
	if (peek(p) == '~') {
		p->at++;
		TRY(number(p, &slop));
	}
	return phrase_of(p, inner, slop, ret);
}

// Titles have places, behind those of the text.
static Status title(Parser *p, Str value, uint16_t *ret)
{
	uint16_t first = p->n;
	TRY(phrase_of(p, value, 0, ret));
	for (uint16_t i = first; i < p->n; i++) {
		QueryNode *n = &p->nodes[i];
		if (n->kind != NODE_TERM) continue;
		n->kind = NODE_FIELD;
		n->title = true;
		n->hash = field_hash(FIELD_TITLE, n->hash);
	}
	return ST_OK;
}

static Status field(Parser *p, QueryField f, Str value, uint16_t *ret)
{
	if (!value.n && peek(p) == '"') TRY(quotation(p, &value));
	if (!value.n) return wrong(p, "the field's value is missing");
	if (f == FIELD_TITLE) return title(p, value, ret);
	QueryNode n = {.kind = NODE_FIELD, .hash = field_hash(f, folded_hash(value)), .length = f == FIELD_LANG ? 1 : 6};
	return node(p, n, ret);
}

static Status word(Parser *p, uint16_t *ret)
{
	size_t from = p->at;
	QueryField f;
	Str name;
	while (p->at < p->text.n && !word_ends(p->text.p[p->at])) p->at++;
	Str w = str_sub(p->text, from, p->at), value = str_cut(w, ':', &name);
	if (str_eq(w, S("AND")) || str_eq(w, S("OR")) || str_starts(w, S("NEAR/")))
		return wrong_at(p, from, "a term is missing before it");
	if (value.p && query_field_parse(name, &f)) return field(p, f, value, ret);
	TRY(phrase_of(p, w, 0, ret));
	if (str_ends(w, S("*")) && !p->nodes[p->n - 1].prefix && p->nodes[*ret].kind == NODE_TERM)
		return wrong_at(p, from, "a prefix needs 2 to 24 letters before the *");
	return ST_OK;
}

static Status parse_or(Parser *p, uint16_t *ret);

static Status unary(Parser *p, uint16_t *ret)
{
	skip_spaces(p);
	uint16_t inner = 0;
	char behind = p->at + 1 < p->text.n ? p->text.p[p->at + 1] : 0;
	bool minus = peek(p) == '-' && (unsigned char)behind > ' ' && behind != ')';
	if (p->depth >= QUERY_DEPTH_MAX) return wrong(p, "too deep");
	if (minus) p->at++;
	if (minus || take_word(p, S("NOT"))) {
		p->depth++;
		TRY(unary(p, &inner));
		p->depth--;
		return node(p, (QueryNode){.kind = NODE_NOT, .left = inner}, ret);
	}
	if (peek(p) == '(') {
		p->at++;
		p->depth++;
		TRY(parse_or(p, ret));
		p->depth--;
		skip_spaces(p);
		if (peek(p) != ')') return wrong(p, "a closing parenthesis is missing");
		p->at++;
		return ST_OK;
	}
	if (peek(p) == '"') return quoted(p, ret);
	if (!peek(p) || peek(p) == ')') return wrong(p, "a term is missing");
	return word(p, ret);
}

static Status parse_near(Parser *p, uint16_t *ret)
{
	uint16_t left = 0, right = 0;
	TRY(unary(p, &left));
	for (;;) {
		uint32_t distance;
		skip_spaces(p);
		if (!str_starts(str_sub(p->text, p->at, p->text.n), S("NEAR/"))) break;
		p->at += 5;
		TRY(number(p, &distance));
		TRY(unary(p, &right));
		TRY(node(p, (QueryNode){.kind = NODE_NEAR, .left = left, .right = right, .distance = distance}, &left));
	}
	*ret = left;
	return ST_OK;
}

static bool term_follows(Parser *p)
{
	skip_spaces(p);
	size_t was = p->at;
	bool end = !peek(p) || peek(p) == ')' || take_word(p, S("OR"));
	p->at = was;
	return !end;
}

static Status parse_and(Parser *p, uint16_t *ret)
{
	uint16_t left = 0, right = 0;
	TRY(parse_near(p, &left));
	while (take_word(p, S("AND")) || term_follows(p)) {
		TRY(parse_near(p, &right));
		TRY(node(p, (QueryNode){.kind = NODE_AND, .left = left, .right = right}, &left));
	}
	*ret = left;
	return ST_OK;
}

static Status parse_or(Parser *p, uint16_t *ret)
{
	uint16_t left = 0, right = 0;
	TRY(parse_and(p, &left));
	while (take_word(p, S("OR"))) {
		TRY(parse_and(p, &right));
		TRY(node(p, (QueryNode){.kind = NODE_OR, .left = left, .right = right}, &left));
	}
	*ret = left;
	return ST_OK;
}

bool query_field_parse(Str name, QueryField *ret)
{
	static const char *const NAMES[FIELD_N] = {"author", "lang", "site", "title"};
	for (size_t i = 0; i < FIELD_N; i++)
		if (str_eq(name, str_from(NAMES[i]))) {
			*ret = (QueryField)i;
			return true;
		}
	return false;
}

uint32_t folded_hash(Str value) { return hash_end(token_hash_of(value) ^ FIELD_SALT); }

Status query_parse(Ctx *cx, TextScan *scan, Str text, QueryNode *nodes, uint16_t *ret_n, uint16_t *ret_root)
{
	Parser p = {.cx = cx, .text = text, .nodes = nodes, .scan = scan};
	uint16_t root = 0;
	if (text.n > QUERY_MAX_BYTES) return wrong(&p, "longer than 4096 bytes");
	TRY(parse_or(&p, &root));
	skip_spaces(&p);
	if (p.at < text.n) return wrong(&p, "unexpected");
	*ret_n = p.n;
	*ret_root = root;
	return ST_OK;
}
