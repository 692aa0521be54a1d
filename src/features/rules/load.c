// SPDX-License-Identifier: AGPL-3.0-or-later
// A rule file, table by table: what may stand there is in the tables of fields, what has to fit together is beside them.
#include "rules/load.h"

#include "base/utf8.h"
#include "core/site.h"
#include "rules/packs.h"

const char *const CREDIT_NAMES[] = {"subject", "actor", "owner", "asker", NULL};
const char *const PER_NAMES[] = {"day", "week", "life", NULL};
const char *const OF_NAMES[] = {"member", "object", "pair", NULL};
const char *const PAIR_NAMES[] = {"all", "sqrt", "linear", NULL};
const char *const GUARD_NAMES[] = {"off", "auto", "open", "verified", NULL};
const char *const DIM_NAMES[] = {"asker", "actor", "thread", "object", "day", "area", NULL};
const char *const METRIC_NAMES[] = {"count", "distinct", "sum", "ratio", NULL};

#define AT(T, member) offsetof(T, member)
#define DAYS_MAX 3660
#define MANY 1000000 // of points, in whole ones
#define LONG 500     // bytes of a text for people

// --- one table each --------------------------------------------------------------------------------------------------

static Status load_ruleset(Load *ld, const TomlNode *node)
{
	static const Field FIELDS[] = {
		{"name", FIELD_NAME, .at = AT(Ruleset, name), .required = true},
		{"version", FIELD_INT, .at = AT(Ruleset, version), .required = true, .least = 1, .most = 1000000},
		{"effective", FIELD_DATE, .at = AT(Ruleset, effective)},
		{"retroactive", FIELD_BOOL, .at = AT(Ruleset, retroactive)},
		{"board", FIELD_CHOICE, .at = AT(Ruleset, board), .choices = SCORE_NAMES},
		{"author", FIELD_TEXT, .at = AT(Ruleset, author), .most = LONG},
		{"licence", FIELD_TEXT, .at = AT(Ruleset, licence), .most = LONG},
		{"doc", FIELD_TEXT, .at = AT(Ruleset, doc), .most = LONG},
	};
	return fields_read(ld, node, FIELDS, COUNTOF(FIELDS), "[ruleset]", ld->rules);
}

static Status load_scores(Load *ld, const TomlNode *node)
{
	static const Field FIELDS[] = {
		{"half_life_days", FIELD_INT, .at = AT(ScoreRule, half_life_days), .least = 1, .most = DAYS_MAX},
		{"start", FIELD_NUMBER, .at = AT(ScoreRule, start), .least = -MANY, .most = MANY},
		{"least", FIELD_NUMBER, .at = AT(ScoreRule, least), .least = -MANY, .most = MANY},
	};
	if (node->type != TOML_IS_TABLE) return load_wrong(ld, node->line, "[score] has to be a table");
	for (const TomlNode *e = node->first; e; e = e->next) {
		size_t s = 0;
		while (s < SCORES_N && !str_eq(score_name((ScoreKind)s), node_key(e))) s++;
		if (s == SCORES_N)
			return load_wrong(ld, e->key_line, "there is no score `%.*s`", STR(utf8_cut(node_key(e), 40)));
		ScoreRule *score = &ld->rules->scores[s];
		TRY(fields_read(ld, e, FIELDS, COUNTOF(FIELDS), "a score", score));
		if (score->start < score->least) return load_wrong(ld, e->line, "a score cannot start below its least");
	}
	return ST_OK;
}

static bool seed_ok(Str seed)
{
	Str kind;
	Str of = str_cut(seed, ':', &kind);
	Role role;
	if (str_eq(kind, S("role"))) return role_parse(of, &role);
	if (str_eq(kind, S("affiliation")))
		return str_eq(of, S("employee")) || str_eq(of, S("partner")) || str_eq(of, S("customer"));
	return str_eq(kind, S("handle")) && of.n;
}

static Status load_guard(Load *ld, const TomlNode *node)
{
	static const Field FIELDS[] = {
		{"profile", FIELD_CHOICE, .at = AT(Guard, profile), .choices = GUARD_NAMES, .required = true},
		{"allowance", FIELD_NUMBER, .at = AT(Guard, allowance), .most = MANY},
		{"rho", FIELD_NUMBER, .at = AT(Guard, rho), .most = 100},
		{"kappa", FIELD_NUMBER, .at = AT(Guard, kappa), .most = 100},
		{"rho_verified", FIELD_NUMBER, .at = AT(Guard, rho_verified), .most = 100},
		{"base_most", FIELD_NUMBER, .at = AT(Guard, base_most), .most = MANY},
		{"burst", FIELD_NUMBER, .at = AT(Guard, burst), .most = 100},
		{"burst_least", FIELD_NUMBER, .at = AT(Guard, burst_least), .most = MANY},
		{"seeds", FIELD_TEXTS, .at = AT(Guard, seeds), .most = 80, .count_at = AT(Guard, seeds_n)},
	};
	Guard *guard = &ld->rules->guard;
	TRY(fields_read(ld, node, FIELDS, COUNTOF(FIELDS), "[guard]", guard));
	for (size_t i = 0; i < guard->seeds_n; i++)
		if (!seed_ok(guard->seeds[i]))
			return load_wrong(
				ld, node->line,
				"seed `%.*s` is neither role:ROLE nor affiliation:employee|partner|customer nor handle:NAME",
				STR(guard->seeds[i]));
	return ST_OK;
}

static Status cap_find(Load *ld, Str name, size_t *ret_i)
{
	for (*ret_i = 0; *ret_i < ld->rules->caps_n; ++*ret_i)
		if (str_eq(ld->rules->caps[*ret_i].name, name)) return ST_OK;
	return ST_NOT_FOUND;
}

static Status cap_create(Load *ld, const TomlNode *node, Str name, size_t *ret_i)
{
	static const Field FIELDS[] = {
		{"per", FIELD_CHOICE, .at = AT(Cap, per), .choices = PER_NAMES, .required = true},
		{"most", FIELD_NUMBER, .at = AT(Cap, most), .required = true, .most = MANY},
		{"of", FIELD_CHOICE, .at = AT(Cap, of), .choices = OF_NAMES},
		{"least", FIELD_NUMBER, .at = AT(Cap, least), .least = -MANY, .most = 0},
		{"title", FIELD_TEXT, .at = AT(Cap, title), .most = 60},
		{"name", FIELD_NAME, .at = AT(Cap, name)},
	};
	Ruleset *rules = ld->rules;
	size_t there;
	if (rules->caps_n == CAPS_MAX) return load_wrong(ld, node->line, "there are more than %d caps", CAPS_MAX);
	Cap *cap = &rules->caps[rules->caps_n];
	*cap = (Cap){.least = INT64_MIN, .line = node->line, .of = CAP_MEMBER};
	size_t n = COUNTOF(FIELDS) - (name.n ? 1 : 0); // an inline one is called by its rule
	TRY(fields_read(ld, node, FIELDS, n, "a cap", cap));
	if (name.n) cap->name = name;
	if (!cap->name.n) return load_wrong(ld, node->line, "a cap lacks `name`");
	if (cap_find(ld, cap->name, &there) == ST_OK)
		return load_wrong(ld, node->line, "there is another cap `%.*s`, on line %d", STR(cap->name),
						  rules->caps[there].line);
	*ret_i = rules->caps_n++;
	return ST_OK;
}

static Status rule_cap(Load *ld, Rule *rule, const TomlNode *node)
{
	size_t i;
	if (rule->caps_n == RULE_CAPS_MAX) return load_wrong(ld, node->line, "a rule has at most %d caps", RULE_CAPS_MAX);
	if (node->type == TOML_IS_TABLE) {
		Str name = rule->caps_n ? str_format(ld->cx->arena, "%.*s-%zu", STR(rule->id), rule->caps_n + 1) : rule->id;
		TRY(cap_create(ld, node, name, &i));
	} else {
		Str name = node_text(node);
		if (node->type != TOML_IS_TEXT)
			return load_wrong(ld, node->line, "`cap` wants the name of a cap, a table, or several in brackets");
		if (cap_find(ld, name, &i) != ST_OK)
			return load_wrong(ld, node->line, "there is no cap `%.*s`", STR(utf8_cut(name, 40)));
		for (size_t k = 0; k < rule->caps_n; k++)
			if (rule->caps[k] == i) return load_wrong(ld, node->line, "cap `%.*s` stands there twice", STR(name));
	}
	rule->caps[rule->caps_n++] = (uint8_t)i;
	return ST_OK;
}

static Status load_cap(Load *ld, const TomlNode *node)
{
	size_t i;
	return cap_create(ld, node, str_none(), &i);
}

static Status load_rule(Load *ld, const TomlNode *node)
{
	typedef struct Draft {
		Rule rule;
		const TomlNode *cap;
	} Draft;
	static const Field FIELDS[] = {
		{"id", FIELD_NAME, .at = AT(Draft, rule.id), .required = true},
		{"on", FIELD_KINDS, .at = AT(Draft, rule.on), .required = true, .count_at = AT(Draft, rule.on_n)},
		{"score", FIELD_CHOICE, .at = AT(Draft, rule.score), .choices = SCORE_NAMES, .required = true},
		{"points", FIELD_POINTS, .at = AT(Draft, rule.points), .required = true},
		{"credit", FIELD_CHOICE, .at = AT(Draft, rule.credit), .choices = CREDIT_NAMES},
		{"when", FIELD_WHEN, .at = AT(Draft, rule.when)},
		{"pair", FIELD_CHOICE, .at = AT(Draft, rule.pair), .choices = PAIR_NAMES},
		{"matched", FIELD_BOOL, .at = AT(Draft, rule.matched)},
		{"base", FIELD_BOOL, .at = AT(Draft, rule.base)},
		{"cap", FIELD_OWN, .at = AT(Draft, cap)},
		{"title", FIELD_TEXT, .at = AT(Draft, rule.title), .most = 60},
		{"doc", FIELD_TEXT, .at = AT(Draft, rule.doc), .most = LONG},
	};
	Ruleset *rules = ld->rules;
	if (rules->rules_n == RULES_MAX) return load_wrong(ld, node->line, "there are more than %d rules", RULES_MAX);
	Draft draft = {.rule.line = node->line};
	Rule *rule = &draft.rule;
	TRY(fields_read(ld, node, FIELDS, COUNTOF(FIELDS), "a rule", &draft));
	for (size_t i = 0; i < rules->rules_n; i++)
		if (str_eq(rules->rules[i].id, rule->id))
			return load_wrong(ld, node->line, "there is another rule `%.*s`, on line %d", STR(rule->id),
							  rules->rules[i].line);
	if (rule->base && rule->matched)
		return load_wrong(ld, node->line, "a rule is `base` (nobody judged it) or `matched` (somebody did), not both");
	if (rule->base && rule->score != SCORE_CREDIBILITY)
		return load_wrong(ld, node->line, "only credibility has a `base`");
	if (draft.cap && draft.cap->type == TOML_IS_ARRAY) {
		for (const TomlNode *e = draft.cap->first; e; e = e->next) TRY(rule_cap(ld, rule, e));
	} else if (draft.cap) {
		TRY(rule_cap(ld, rule, draft.cap));
	}
	rules->rules[rules->rules_n++] = *rule;
	return ST_OK;
}

static Status load_rank(Load *ld, const TomlNode *node)
{
	static const Field FIELDS[] = {
		{"name", FIELD_TEXT, .at = AT(Rank, name), .required = true, .most = 60},
		{"order", FIELD_INT, .at = AT(Rank, order), .required = true, .least = 0, .most = 1000},
		{"when", FIELD_MEMBER, .at = AT(Rank, when), .required = true},
		{"keep", FIELD_MEMBER, .at = AT(Rank, keep)},
		{"grace", FIELD_DAYS, .at = AT(Rank, grace_days), .most = DAYS_MAX},
		{"grants", FIELD_TEXTS, .at = AT(Rank, grants), .most = 80, .count_at = AT(Rank, grants_n)},
		{"icon", FIELD_NAME, .at = AT(Rank, icon)},
		{"doc", FIELD_TEXT, .at = AT(Rank, doc), .most = LONG},
	};
	Ruleset *rules = ld->rules;
	if (rules->ranks_n == RANKS_MAX) return load_wrong(ld, node->line, "there are more than %d ranks", RANKS_MAX);
	Rank rank = {.line = node->line};
	TRY(fields_read(ld, node, FIELDS, COUNTOF(FIELDS), "a rank", &rank));
	size_t at = 0;
	for (size_t i = 0; i < rules->ranks_n; i++) {
		const Rank *other = &rules->ranks[i];
		if (other->order == rank.order || str_eq(other->name, rank.name))
			return load_wrong(ld, node->line, "the rank on line %d has the same %s", other->line,
							  other->order == rank.order ? "order" : "name");
		at += other->order < rank.order;
	}
	for (size_t i = 0; i < rank.grants_n; i++) {
		Str kind, what = str_cut(rank.grants[i], ':', &kind);
		if (!what.n || !(str_eq(kind, S("label")) || str_eq(kind, S("can")) || str_eq(kind, S("limit"))))
			return load_wrong(ld, node->line, "a grant is label:…, can:… or limit:…; `%.*s` is not",
							  STR(rank.grants[i]));
	}
	for (size_t i = rules->ranks_n++; i > at; i--) rules->ranks[i] = rules->ranks[i - 1];
	rules->ranks[at] = rank;
	return ST_OK;
}

static Status load_badge(Load *ld, const TomlNode *node)
{
	static const Field FIELDS[] = {
		{"id", FIELD_NAME, .at = AT(Badge, id), .required = true},
		{"name", FIELD_TEXT, .at = AT(Badge, name), .required = true, .most = 60},
		{"when", FIELD_MEMBER, .at = AT(Badge, when), .required = true},
		{"once", FIELD_BOOL, .at = AT(Badge, once)},
		{"doc", FIELD_TEXT, .at = AT(Badge, doc), .most = LONG},
	};
	Ruleset *rules = ld->rules;
	if (rules->badges_n == BADGES_MAX) return load_wrong(ld, node->line, "there are more than %d badges", BADGES_MAX);
	Badge badge = {.line = node->line};
	TRY(fields_read(ld, node, FIELDS, COUNTOF(FIELDS), "a badge", &badge));
	for (size_t i = 0; i < rules->badges_n; i++)
		if (str_eq(rules->badges[i].id, badge.id))
			return load_wrong(ld, node->line, "there is another badge `%.*s`, on line %d", STR(badge.id),
							  rules->badges[i].line);
	rules->badges[rules->badges_n++] = badge;
	return ST_OK;
}

// --- the whole file --------------------------------------------------------------------------------------------------

typedef Status LoadTable(Load *ld, const TomlNode *node);

// An array of tables: [[rule]] and the like.
static Status load_each(Load *ld, const TomlNode *node, const char *what, LoadTable *load)
{
	if (!node) return ST_OK;
	if (node->type != TOML_IS_ARRAY) return load_wrong(ld, node->line, "write [[%s]], twice in brackets", what);
	for (const TomlNode *e = node->first; e; e = e->next) TRY(load(ld, e));
	return ST_OK;
}

// What rules are about has to be known before them, wherever it stands.
static Status load_file(Load *ld, const TomlNode *root)
{
	typedef struct Parts {
		const TomlNode *ruleset, *score, *guard, *cap, *metric, *rule, *rank, *badge;
	} Parts;
	static const Field FIELDS[] = {
		{"ruleset", FIELD_OWN, .at = AT(Parts, ruleset), .required = true},
		{"score", FIELD_OWN, .at = AT(Parts, score)},
		{"guard", FIELD_OWN, .at = AT(Parts, guard)},
		{"cap", FIELD_OWN, .at = AT(Parts, cap)},
		{"metric", FIELD_OWN, .at = AT(Parts, metric)},
		{"rule", FIELD_OWN, .at = AT(Parts, rule), .required = true},
		{"rank", FIELD_OWN, .at = AT(Parts, rank)},
		{"badge", FIELD_OWN, .at = AT(Parts, badge)},
	};
	Parts parts = {.ruleset = NULL};
	TRY(fields_read(ld, root, FIELDS, COUNTOF(FIELDS), "a rule file", &parts));
	TRY(load_ruleset(ld, parts.ruleset));
	if (parts.score) TRY(load_scores(ld, parts.score));
	if (parts.guard) TRY(load_guard(ld, parts.guard));
	TRY(load_each(ld, parts.cap, "cap", load_cap));
	if (parts.metric) TRY(load_metrics(ld, parts.metric));
	TRY(load_each(ld, parts.rule, "rule", load_rule));
	TRY(load_each(ld, parts.rank, "rank", load_rank));
	return load_each(ld, parts.badge, "badge", load_badge);
}

static void *toml_memory(void *self, size_t bytes) { return arena_try_alloc(self, bytes, _Alignof(TomlNode)); }

static Ruleset *rules_start(Ctx *cx, Str toml)
{
	Ruleset *rules = arena_try_alloc(cx->arena, sizeof *rules, _Alignof(Ruleset));
	if (!rules) return NULL;
	rules->toml = str_copy(cx->arena, toml);
	for (size_t s = 0; s < SCORES_N; s++) rules->scores[s].least = INT64_MIN;
	rules->guard = (Guard){.allowance = 30 * RULE_UNIT,
						   .rho = 2 * RULE_UNIT,
						   .kappa = RULE_UNIT,
						   .rho_verified = RULE_UNIT / 2,
						   .base_most = 10 * RULE_UNIT};
	return rules;
}

Status rules_parse(Ctx *cx, Str toml, Str file_name, Ruleset **ret_rules)
{
	Load ld = {.cx = cx, .file = file_name};
	TomlNode *root = NULL;
	TomlFault fault = {0};
	if (toml.n > RULES_FILE_MAX_BYTES)
		return fail(cx, ST_TOO_LARGE, "%.*s:1: the file is longer than %zu bytes", STR(file_name),
					RULES_FILE_MAX_BYTES);
	if (!toml_read(toml.p, toml.n, toml_memory, cx->arena, &root, &fault)) {
		if (fault.line)
			return load_wrong(&ld, fault.line, "%.*s", STR(utf8_cut(str_from(fault.reason), sizeof fault.reason - 4)));
		return fail(cx, ST_TOO_LARGE, "%.*s:1: the file needs too much memory", STR(file_name));
	}
	ld.rules = rules_start(cx, toml);
	if (!ld.rules) return fail(cx, ST_TOO_LARGE, "%.*s:1: the file needs too much memory", STR(file_name));
	TRY(load_file(&ld, root));
	TRY(rules_hash(cx, ld.rules, &ld.rules->hash));
	*ret_rules = ld.rules;
	return ST_OK;
}

Str rules_pack_text(Str name)
{
	for (size_t i = 0; i < RULES_PACKS_N; i++)
		if (str_eq(RULES_PACKS[i], name)) return RULES_PACK_TEXTS[i];
	return str_none();
}

Status rules_pack(Ctx *cx, Str name, Ruleset **ret_rules)
{
	Str text = rules_pack_text(name);
	if (text.p) return rules_parse(cx, text, str_format(cx->arena, "%.*s.toml", STR(name)), ret_rules);
	Buf all = buf_init(cx->arena, 64, 400);
	for (size_t i = 0; i < RULES_PACKS_N; i++) buf_format(&all, "%s%.*s", i ? ", " : "", STR(RULES_PACKS[i]));
	return fail(cx, ST_NOT_FOUND, "there is no pack `%.*s`; there are %.*s", STR(utf8_cut(name, 40)),
				STR(buf_view(&all)));
}
