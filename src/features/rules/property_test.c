// SPDX-License-Identifier: AGPL-3.0-or-later
// Random expressions, written down and worked out at once by the plain rules of the language, then compiled and run.
#include "rules/analyse.h"
#include "test.h"

__extension__ typedef __int128 Wide;

typedef struct Gen {
	uint64_t state;
	Buf text;
	int64_t vars[EVENT_VARS_N];
	size_t left; // leaves that may still be written
} Gen;

static uint64_t roll(Gen *g, uint64_t n)
{
	uint64_t z = (g->state += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31)) % n;
}

static int64_t bounded(Wide v) { return v > INT64_MAX ? INT64_MAX : v < -INT64_MAX ? -INT64_MAX : (int64_t)v; }

static int64_t plain_sqrt(int64_t v)
{
	Wide want = (Wide)v * 1000, low = 0, high = (Wide)1 << 40;
	if (v <= 0) return 0;
	while (high - low > 1) {
		Wide mid = (low + high) / 2;
		if (mid * mid <= want) low = mid;
		else high = mid;
	}
	return (int64_t)low;
}

static void space(Gen *g)
{
	static const char *const SPACES[] = {"", " ", "  ", "\n", " \t"};
	buf_z(&g->text, SPACES[roll(g, COUNTOF(SPACES))]);
}

static int64_t number(Gen *g, int level);
static bool truth(Gen *g, int level);

static int64_t number_leaf(Gen *g)
{
	static const struct {
		const char *name;
		EventVar var;
	} NAMES[] = {{"value", EVENT_VALUE}, {"object.net", EVENT_NET}, {"object.up", EVENT_UP}, {"pair", EVENT_PAIR}};
	if (g->left) g->left--;
	if (roll(g, 2)) {
		size_t i = roll(g, COUNTOF(NAMES));
		buf_z(&g->text, NAMES[i].name);
		return g->vars[NAMES[i].var];
	}
	int64_t whole = (int64_t)roll(g, roll(g, 8) ? 20 : 1000000), part = (int64_t)roll(g, 1000);
	if (roll(g, 2)) part = 0;
	buf_format(&g->text, part ? "%lld.%03lld" : "%lld", (long long)whole, (long long)part);
	return whole * 1000 + part;
}

static int64_t call(Gen *g)
{
	static const char *const NAMES[] = {"sqrt(", "abs(", "min(", "max("};
	size_t f = roll(g, 4), more = f < 2 ? 0 : 1 + roll(g, 2);
	buf_z(&g->text, NAMES[f]);
	int64_t v = number(g, 4);
	if (f == 0) v = plain_sqrt(v);
	if (f == 1) v = bounded(v < 0 ? -(Wide)v : v);
	for (size_t i = 0; i < more; i++) {
		buf_z(&g->text, ",");
		space(g);
		int64_t b = number(g, 4);
		v = (f == 2) == (b < v) ? b : v;
	}
	buf_z(&g->text, ")");
	return v;
}

// Levels as in the grammar: 4 sums, 5 products, 6 what stands alone.
static int64_t number(Gen *g, int level)
{
	if (level == 6) {
		uint64_t what = g->left > 1 ? roll(g, 8) : 7;
		if (what == 0) {
			buf_z(&g->text, "-");
			return bounded(-(Wide)number(g, 6));
		}
		if (what == 1) return call(g);
		if (what > 3) return number_leaf(g);
		buf_z(&g->text, "(");
		int64_t v = number(g, 4);
		buf_z(&g->text, ")");
		return v;
	}
	int64_t a = number(g, level + 1);
	while (g->left > 1 && roll(g, 3) == 0) {
		bool second = roll(g, 2);
		space(g);
		buf_char(&g->text, level == 4 ? (second ? '-' : '+') : (second ? '/' : '*'));
		space(g);
		int64_t b = number(g, level + 1);
		if (level == 4) a = bounded(second ? (Wide)a - b : (Wide)a + b);
		else if (second) a = b ? bounded((Wide)a * 1000 / b) : 0;
		else a = bounded((Wide)a * b / 1000);
	}
	return a;
}

static bool comparison(Gen *g)
{
	static const char *const SIGNS[] = {"<", "<=", ">", ">=", "==", "!="};
	size_t s = roll(g, 6);
	int64_t a = number(g, 4);
	space(g);
	buf_z(&g->text, SIGNS[s]);
	space(g);
	int64_t b = number(g, 4);
	return s == 0 ? a < b : s == 1 ? a <= b : s == 2 ? a > b : s == 3 ? a >= b : s == 4 ? a == b : a != b;
}

static bool people(Gen *g)
{
	static const char *const NAMES[] = {"actor", "subject", "object.owner", "thread.owner"};
	size_t a = roll(g, 4), b = roll(g, 4);
	bool same = roll(g, 2);
	if (g->left) g->left--;
	buf_format(&g->text, "%s %s %s", NAMES[a], same ? "==" : "!=", NAMES[b]);
	return (g->vars[a] == g->vars[b]) == same;
}

static bool truth_alone(Gen *g)
{
	switch (g->left > 2 ? roll(g, 6) : 5) {
	case 0: {
		buf_z(&g->text, "(");
		bool v = truth(g, 0);
		buf_z(&g->text, ")");
		return v;
	}
	case 1: {
		buf_z(&g->text, "!(");
		bool v = truth(g, 0);
		buf_z(&g->text, ")");
		return !v;
	}
	case 2: return people(g);
	case 3: buf_z(&g->text, "!object.answer"); return !g->vars[EVENT_IS_ANSWER];
	case 4: buf_z(&g->text, "object.question"); return g->vars[EVENT_IS_QUESTION];
	default: return comparison(g);
	}
}

// Levels: 0 or, 1 and, 2 what stands alone.
static bool truth(Gen *g, int level)
{
	if (level == 2) return truth_alone(g);
	bool a = truth(g, level + 1);
	while (g->left > 2 && roll(g, 3) == 0) {
		space(g);
		buf_z(&g->text, level ? "&&" : "||");
		space(g);
		bool b = truth(g, level + 1);
		a = level ? a && b : a || b;
	}
	return a;
}

static void fill_vars(Gen *g)
{
	for (size_t i = 0; i < EVENT_VARS_N; i++) {
		int64_t v = (int64_t)roll(g, 40001) - 20000;
		uint64_t less = roll(g, 60); // a statement for each roll: their order has to be that of the text
		if (roll(g, 6) == 0) v = (int64_t)roll(g, UINT64_MAX) >> less;
		if (v == INT64_MIN) v = -INT64_MAX;
		g->vars[i] = i <= EVENT_THREAD_OWNER ? (int64_t)roll(g, 3) : i < EVENT_VALUE ? (int64_t)roll(g, 2) : v;
	}
}

// The results come to the same number with every compiler.
TEST(property_expressions_are_what_they_say)
{
	ExprScope scope = {.file = S("random"), .line = 1, .names = EXPR_ABOUT_EVENT};
	Gen g = {.state = 20261126};
	uint64_t sum = 0;
	size_t ran = 0, refused = 0;
	ArenaMark mark = arena_mark(test_arena());
	for (size_t i = 0; i < 40000; i++) {
		arena_rewind(test_arena(), mark);
		g.text = buf_init(test_arena(), 256, 1 << 16);
		g.left = 1 + roll(&g, 14);
		fill_vars(&g);
		bool is_truth = roll(&g, 2);
		int64_t want = is_truth ? truth(&g, 0) : number(&g, 4);
		const Expr *e = NULL;
		size_t at;
		fail_clear(test_ctx());
		if (expr_compile(test_ctx(), &scope, buf_view(&g.text), is_truth ? EXPR_BOOL : EXPR_NUMBER, &e) != ST_OK) {
			// Within the language, only its bounds may refuse.
			if (!str_find(test_ctx()->fail_text, S("more than"), &at) &&
				!str_find(test_ctx()->fail_text, S("nested"), &at))
				fail_msg("%.*s\n%.*s", STR(buf_view(&g.text)), STR(test_ctx()->fail_text));
			refused++;
			continue;
		}
		int64_t got = expr_eval(e, g.vars);
		if (got != want)
			fail_msg("%.*s\n got %lld, want %lld", STR(buf_view(&g.text)), (long long)got, (long long)want);
		sum = (sum ^ (uint64_t)got) * 0x100000001b3u;
		ran++;
	}
	assert_true(ran > 39000 && refused < 1000);
	assert_int_equal(sum, 0xdeca3b5ab1d3bc0f);
}

// The range that the linter goes by holds every value that comes.
TEST(property_ranges_hold_the_values)
{
	ExprScope scope = {.file = S("random"), .line = 1, .names = EXPR_ABOUT_EVENT};
	Gen g = {.state = 7};
	ArenaMark mark = arena_mark(test_arena());
	for (size_t i = 0; i < 20000; i++) {
		arena_rewind(test_arena(), mark);
		g.text = buf_init(test_arena(), 256, 1 << 16);
		g.left = 1 + roll(&g, 8);
		fill_vars(&g);
		for (size_t v = EVENT_VALUE; v < EVENT_VARS_N; v++)
			if (v != EVENT_NET && g.vars[v] < 0) g.vars[v] = -g.vars[v];
		if (g.vars[EVENT_PAIR] < RULE_UNIT) g.vars[EVENT_PAIR] = RULE_UNIT;
		bool is_truth = roll(&g, 2);
		int64_t v = is_truth ? truth(&g, 0) : number(&g, 4);
		const Expr *e = NULL;
		if (expr_compile(test_ctx(), &scope, buf_view(&g.text), is_truth ? EXPR_BOOL : EXPR_NUMBER, &e) != ST_OK)
			continue;
		EventKnown known = {{g.vars[0], g.vars[1], g.vars[2], g.vars[3]}};
		Range r = expr_range(e, &known);
		if (v < r.lo || v > r.hi)
			fail_msg("%.*s\n %lld is not from %lld to %lld", STR(buf_view(&g.text)), (long long)v, (long long)r.lo,
					 (long long)r.hi);
	}
}
