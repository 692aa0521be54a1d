// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "base/json.h"
#include "community/community.h"
#include "core_sql.h"
#include "fairplay/fairplay.h"
#include "members/members.h"
#include "standing/standing.h"

#include <unistd.h>

// clang-format off
const Verb APP_VERBS[] = {
	{"init", 0, "--data DIR [--name N] [--admin EMAIL] [--url URL]", "make a new, empty site; prints the administrator's password", "hearth init --data /srv/hearth --name \"Acme community\" --admin ops@example.org", verb_init},
	{"serve", 0, "--data DIR [--listen ADDR:PORT] [--proxy ADDR] [--access-log FILE] [--page-cache MIB] [--workers N] [--loops N] [--connections N] [--tls-cert FILE --tls-key FILE] [--no-rate-limits]", "serve the site, or all sites there are, each by its host names", "hearth serve --data /srv/hearth --listen 127.0.0.1:8080 --proxy 127.0.0.1", verb_serve},
	{"demo", 0, "--data DIR [--listen ADDR:PORT]", "make a living demo, if there is none yet, and serve it", "hearth demo --data /tmp/demo --listen 127.0.0.1:8080", verb_demo},
	{"import stackexchange", 1, "DUMPDIR --data DIR [--space SLUG] [--redirects HOST]", "import a Stack Exchange dump", "hearth import stackexchange /srv/dumps/quantumcomputing --data /srv/hearth --space quantum", verb_import_stackexchange},
	{"stats", 0, "--data DIR [--json]", "count what there is", "hearth stats --data /srv/hearth --json", verb_stats},
	{"user add", 1, "HANDLE --data DIR [--role ROLE]", "add a member; prints the password", "hearth user add ada --data /srv/hearth --role helper", verb_user_add},
	{"user passwd", 1, "HANDLE --data DIR [--keep-tokens]", "give a member a new password and end their sessions and tokens; prints it", "hearth user passwd ada --data /srv/hearth", verb_user_passwd},
	{"user role", 2, "HANDLE ROLE --data DIR", "make a member one of member, helper, moderator, manager, admin", "hearth user role ada moderator --data /srv/hearth", verb_user_role},
	{"user affiliation", 2, "HANDLE AFFILIATION --data DIR | [AFFILIATION] < LINES", "say whose side: unknown, customer, prospect, employee, partner, supplier; of one, or of a handle or address a line", "hearth user affiliation customer --data /srv/hearth <customers.csv", verb_user_affiliation},
	{"space create", 2, "SLUG TITLE --data DIR [--kind KIND] [--parent SLUG] [--visibility WHO] [--persona WORD] [--style WORD] [--description TEXT]", "make a space", "hearth space create routers \"Routers\" --data /srv/hearth --parent support --visibility members", verb_space_create},
	{"token create", 0, "--member HANDLE --data DIR [--label TEXT]", "make a personal token; prints it alone", "hearth token create --member ada --data /srv/hearth --label \"nightly export\"", verb_token_create},
	{"reputation score", 0, "--data DIR [--rules PACK|FILE] [--as-of DATE] [--seeds NAMES] --tsv", "everybody's scores, a line each", "hearth reputation score --data /srv/hearth --as-of 2026-09-30 --tsv >scores.tsv", verb_reputation_score},
	{"reputation explain", 0, "--data DIR --member HANDLE [--score NAME] [--area #TAG|/SPACE] [--rules PACK|FILE] [--as-of DATE] [--seeds NAMES]", "why somebody has the score, fact by fact", "hearth reputation explain --data /srv/hearth --member ada --area #radar", verb_reputation_explain},
	{"reputation backtest", 0, "--data DIR --at DATE [--horizon DAYS] [--rules PACK|FILE] [--seeds NAMES] --json", "does the ranking tell who helps next?", "hearth reputation backtest --data /srv/hearth --at 2026-06-30 --horizon 91 --json", verb_reputation_backtest},
	{"reputation whatif", 0, "--data DIR --with FILE|PACK [--rules PACK|FILE] [--as-of DATE] --json", "who would move under other rules, and what else would change", "hearth reputation whatif --data /srv/hearth --with mine.toml --json", verb_reputation_whatif},
	{"reputation lint", 1, "FILE|PACK", "what a rule file invites people to do", "hearth reputation lint mine.toml", verb_reputation_lint},
	{"reputation khoros", 1, "FORMULA", "a rank formula of a Khoros community in our language", "hearth reputation khoros \"posts > 10 and kudos_weight >= 5\"", verb_reputation_khoros},
	{"board", 0, "--data DIR [--by MEASURE] [--window DAYS] [--area #TAG|/SPACE] [--among PEOPLE] [--role ROLE] [--compare WITH] [--as-of DATE] --tsv", "who did most, over any days, anywhere, among whom", "hearth board --data /srv/hearth --by kept --window last-quarter --compare year --area /routers --tsv", verb_board},
	{"setting list", 0, "--data DIR [--json]", "show all settings, what they take and mean", "hearth setting list --data /srv/hearth", verb_setting_list},
	{"setting get", 1, "NAME --data DIR", "print one setting's value alone", "hearth setting get site.name --data /srv/hearth", verb_setting_get},
	{"setting set", 2, "NAME VALUE --data DIR", "change a setting; a running server takes it over within a second", "hearth setting set site.name \"Acme community\" --data /srv/hearth", verb_setting_set},
	{"audit", 0, "--data DIR [--json]", "who changed what: settings, roles, accounts, deletions", "hearth audit --data /srv/hearth --json", verb_audit},
	{"text analyse", 0, "[--tasks LIST] [--lang CODE] [--model FILE] < LINES", "what each line says, one JSON object a line", "hearth text analyse --tasks language,sentiment,intent <posts.txt", verb_text_analyse},
	{"text entities", 0, "[--catalogue FILE] < LINES", "what each line names: addresses, numbers, places, products, with their place in it", "hearth text entities --catalogue products.tsv <posts.txt", verb_text_entities},
	{"text redact", 0, "< LINES", "each line with what is personal replaced: [mail], [phone], …", "hearth text redact <posts.txt", verb_text_redact},
	{"text duplicates", 0, "< LINES", "which lines are nearly the same as an earlier one", "hearth text duplicates <posts.txt", verb_text_duplicates},
	{"text match", 0, "--queries FILE (--data DIR [--space SLUG] | < LINES)", "which listening queries each line matches, and why; or how much of a site each would have found", "hearth text match --queries queries.tsv <posts.txt", verb_text_match},
	{"text similar", 0, "--corpus FILE [--model FILE] < LINES", "the ten texts of a file that are most like each line", "hearth text similar --corpus faq.tsv <questions.txt", verb_text_similar},
	{"text quality", 0, "[--model FILE] < LINES", "how likely each answer (`question TAB answer`) is a good one, and why", "hearth text quality <answers.tsv", verb_text_quality},
	{"text evaluate", 1, "FILE.tsv --task NAME [--lang CODE|file] [--folds N] [--model FILE]", "how good the text engine is on a labelled file", "hearth text evaluate labelled.tsv --task sentiment --lang file", verb_text_evaluate},
	{"text phrases", 0, "[--by day|week] [--top N] [--json] (--data DIR [--space SLUG] | < LINES)", "phrases that suddenly many people write, on a site or in lines `time TAB author TAB text`", "hearth text phrases --data /srv/hearth --space routers --by week --top 5", verb_text_phrases},
	{"text train", 0, "--data DIR --out FILE [--own DIR] [--sets all|open]", "train the text engine's model", "hearth text train --data sets --out model.bin --sets open", verb_text_train},
	{"insight status", 0, "--data DIR [--json]", "how much of what was written the text engine has read", "hearth insight status --data /srv/hearth", verb_insight_status},
	{"insight analyse", 0, "--data DIR [--json]", "read all of it now, with progress", "hearth insight analyse --data /srv/hearth", verb_insight_analyse},
	{"insight layer", 0, "--data DIR [--task NAME] [--off|--on|--drop]", "what was learnt from corrections; switch it, or forget it", "hearth insight layer --data /srv/hearth --task sentiment --off", verb_insight_layer},
	{"backup", 0, "--data DIR --out FILE", "copy the database while it is in use", "hearth backup --data /srv/hearth --out /backup/hearth.db", verb_backup},
	{"doctor", 0, "--data DIR [--replay]", "check the database", "hearth doctor --data /srv/hearth --replay", verb_doctor},
	{"completion", 0, "", "print completion for bash", "hearth completion >/etc/bash_completion.d/hearth", verb_completion},
	{"man", 0, "", "print the manual page", "hearth man >/usr/local/share/man/man1/hearth.1", verb_man},
};
// clang-format on
const size_t APP_VERBS_N = COUNTOF(APP_VERBS);

static Status need_words(App *app, size_t n, const char *what)
{
	return app->options.words_n >= n ? ST_OK : fail(&app->cx, ST_INVALID, "%s is missing", what);
}

// The name and address are checked before anything is made.
Status verb_init(App *app)
{
	SettingChange name = {.setting = &SITE_NAME}, url = {.setting = &SITE_URL};
	const Options *o = &app->options;
	TRY(setting_parse(&app->cx, name.setting, o->name.n ? o->name : str_from(SITE_NAME.standard), &name.value));
	TRY(setting_parse(&app->cx, url.setting, o->url, &url.value));
	if (url.value.n) TRY(app_check_hosts(app, &(Site){.url = url.value}));
	TRY(app_open(app, false));
	Str password;
	TRY(app_init_site(app, name.value, o->admin, false, &password));
	if (url.value.n) TRY(store_write(&app->cx, app->store, setting_change, &url));
	app_say("The site is ready. Administrator: admin, with this password, which is shown only now:");
	app_say("%.*s", STR(password));
	return ST_OK;
}

typedef struct Stat {
	const char *name;
	int64_t n;
} Stat;

Status verb_stats(App *app)
{
	TRY(app_open(app, true));
	AUTO(Db) db = NULL;
	TRY(db_begin(&app->cx, app->store, &db));
	MemberCountRow members;
	TopicCountRow topics;
	PostCountRow answers;
	CommentCountRow comments;
	VoteCountRow votes;
	TagCountRow tags;
	FactCountRow facts;
	TRY(member_count(&app->cx, db, &members));
	TRY(topic_count(&app->cx, db, &topics));
	TRY(post_count(&app->cx, db, &answers));
	TRY(comment_count(&app->cx, db, &comments));
	TRY(vote_count(&app->cx, db, &votes));
	TRY(tag_count(&app->cx, db, &tags));
	TRY(fact_count(&app->cx, db, &facts));
	const Stat stats[] = {{"members", members.n},   {"topics", topics.n}, {"answers", answers.n},
						  {"comments", comments.n}, {"votes", votes.n},   {"accepted", topics.accepted},
						  {"tags", tags.n},         {"facts", facts.n}};
	Buf b = buf_init(app->cx.arena, 512, 4096);
	Json j = json_init(&b);
	json_obj(&j);
	for (size_t i = 0; i < COUNTOF(stats); i++) {
		json_key(&j, stats[i].name);
		json_int(&j, stats[i].n);
		if (!app->options.json) app_say("%-10s %lld", stats[i].name, (long long)stats[i].n);
	}
	json_end(&j);
	if (app->options.json) app_say("%.*s", STR(buf_view(&b)));
	return ST_OK;
}

static Status create_member(Ctx *cx, Tx *tx, void *arg)
{
	const MemberNew *m = arg;
	Id id;
	TRY(members_create(cx, tx, m, &id));
	return audit(cx, tx, S("member"), id, str_format(cx->arena, "made, %s", role_name(m->role)));
}

Status verb_user_add(App *app)
{
	TRY(need_words(app, 1, "the handle"));
	TRY(app_open(app, true));
	MemberNew m = {
		.handle = app->options.words[0], .password = app_password(&app->cx), .affiliation = AFFILIATION_CUSTOMER};
	if (app->options.role.n && !role_parse(app->options.role, &m.role))
		return fail(&app->cx, ST_INVALID, "--role: member, helper, moderator, manager or admin");
	if (m.role >= ROLE_MODERATOR) m.affiliation = AFFILIATION_EMPLOYEE;
	TRY(members_prepare(&app->cx, &m));
	TRY(store_write(&app->cx, app->store, create_member, &m));
	app_say("%.*s", STR(m.password));
	return ST_OK;
}

static Status find_member(App *app, Str handle, Id *ret_id)
{
	AUTO(Db) db = NULL;
	TRY(db_begin(&app->cx, app->store, &db));
	MemberFindByHandleRow m;
	bool found;
	TRY(member_find_by_handle(&app->cx, db, &(MemberFindByHandleArgs){.handle_key = members_key(app->cx.arena, handle)},
							  &m, &found));
	if (!found) return fail(&app->cx, ST_NOT_FOUND, "there is no member %.*s", STR(handle));
	*ret_id = m.id;
	return ST_OK;
}

typedef struct Change {
	Id id;
	Str text;
	Str result;
} Change;

Status verb_user_passwd(App *app)
{
	TRY(need_words(app, 1, "the handle"));
	TRY(app_open(app, true));
	Str password = app_password(&app->cx);
	PasswordChange c = {.keep_tokens = app->options.keep_tokens};
	TRY(find_member(app, app->options.words[0], &c.member_id));
	TRY(members_hash_password(&app->cx, password, &c.hash));
	TRY(store_write(&app->cx, app->store, members_change_password, &c));
	app_say("%.*s", STR(password));
	return ST_OK;
}

typedef struct RoleChange {
	Id id;
	Role role;
} RoleChange;

static Status set_role(Ctx *cx, Tx *tx, void *arg)
{
	const RoleChange *c = arg;
	return members_set_role(cx, tx, c->id, c->role);
}

Status verb_user_role(App *app)
{
	RoleChange c = {0};
	TRY(need_words(app, 2, "HANDLE or ROLE"));
	Str role = app->options.words[1];
	if (!role_parse(role, &c.role))
		return fail(&app->cx, ST_INVALID, "\"%.*s\" is no role: member, helper, moderator, manager or admin",
					STR(role));
	TRY(app_open(app, true));
	TRY(find_member(app, app->options.words[0], &c.id));
	return store_write(&app->cx, app->store, set_role, &c);
}

static Status create_space(Ctx *cx, Tx *tx, void *arg)
{
	const SpaceNew *s = arg;
	Id id;
	TRY(community_space_create(cx, tx, s, &id));
	return audit(cx, tx, S("space"), id, str_format(cx->arena, "made, %.*s", STR(s->slug)));
}

// What is not said is as in a public space for questions.
static Status space_described(App *app, SpaceNew *s)
{
	static const char *const VISIBILITIES[] = {"public", "members", "superusers", "staff"};
	const Options *o = &app->options;
	if (o->kind.n && !str_eq(o->kind, S("questions")) && !str_eq(o->kind, S("discussion")))
		return fail(&app->cx, ST_INVALID, "--kind: questions or discussion");
	s->kind = str_eq(o->kind, S("discussion")) ? SPACE_DISCUSSION : SPACE_QUESTIONS;
	if (o->persona.n && !persona_parse(o->persona, &s->persona))
		return fail(&app->cx, ST_INVALID, "--persona: support, objects, ideas, knowledge, internal or partner");
	if (o->style.n && !style_parse(o->style, &s->style))
		return fail(&app->cx, ST_INVALID, "--style: one-way, dialogic, transparent or collaborative");
	size_t k = 0;
	while (o->visibility.n && k < COUNTOF(VISIBILITIES) && !str_eq(o->visibility, str_from(VISIBILITIES[k]))) k++;
	if (k == COUNTOF(VISIBILITIES))
		return fail(&app->cx, ST_INVALID, "--visibility: public, members, superusers or staff");
	s->visibility = (Visibility)k;
	s->description = o->description;
	return ST_OK;
}

static Status find_parent(App *app, Str slug, Id *ret_id)
{
	AUTO(Db) db = NULL;
	SpaceFindBySlugRow row = {0};
	bool found = false;
	TRY(db_begin(&app->cx, app->store, &db));
	TRY(space_find_by_slug(&app->cx, db, &(SpaceFindBySlugArgs){.slug = slug}, &row, &found));
	*ret_id = row.id;
	return found ? ST_OK : fail(&app->cx, ST_NOT_FOUND, "there is no space %.*s", STR(slug));
}

Status verb_space_create(App *app)
{
	TRY(need_words(app, 2, "SLUG or TITLE"));
	SpaceNew s = {.slug = app->options.words[0],
				  .title = app->options.words[1],
				  .persona = PERSONA_SUPPORT,
				  .style = STYLE_TRANSPARENT};
	TRY(space_described(app, &s));
	TRY(app_open(app, true));
	if (app->options.parent.n) TRY(find_parent(app, app->options.parent, &s.parent_id));
	return store_write(&app->cx, app->store, create_space, &s);
}

static Status create_token(Ctx *cx, Tx *tx, void *arg)
{
	Change *c = arg;
	TRY(members_token_create(cx, tx, c->id, c->text, &c->result));
	return audit(cx, tx, S("token"), c->id, str_format(cx->arena, "made, \"%.*s\"", STR(c->text)));
}

Status verb_token_create(App *app)
{
	if (!app->options.member.n) return fail(&app->cx, ST_INVALID, "--member HANDLE is missing");
	TRY(app_open(app, true));
	Change c = {.text = app->options.label.n ? app->options.label : S("command line")};
	TRY(find_member(app, app->options.member, &c.id));
	TRY(store_write(&app->cx, app->store, create_token, &c));
	app_say("%.*s", STR(c.result));
	return ST_OK;
}

Status verb_backup(App *app)
{
	if (!app->options.out.n) return fail(&app->cx, ST_INVALID, "--out FILE is missing");
	if (access(str_z(app->cx.arena, app->options.out), F_OK) == 0)
		return fail(&app->cx, ST_CONFLICT, "%.*s is there already", STR(app->options.out));
	TRY(app_open(app, true));
	return store_backup(&app->cx, app->store, app->options.out);
}

static void tell_recount(void *arg, const char *what, int64_t differing)
{
	int64_t *wrong = arg;
	*wrong += differing;
	if (differing) app_say("%-45s %lld differ", what, (long long)differing);
	else app_say("%-45s as counted", what);
}

Status verb_doctor(App *app)
{
	TRY(app_open(app, true));
	TRY(store_check(&app->cx, app->store));
	app_say("the database is sound");
	if (!app->options.replay) return ST_OK;
	if (store_engine(app->store) == DB_POSTGRES) { // readers stay behind what may not be visible yet
		usleep(FACT_SETTLE_MS * 1000);
		app->cx.now_ms = time_now();
	}
	TRY(fairplay_catch_up(&app->cx, app->store));
	TRY(standing_catch_up(&app->cx, app->store)); // what a server that ended at once left unread
	AUTO(Db) db = NULL;
	TRY(db_begin(&app->cx, app->store, &db));
	int64_t wrong = 0;
	TRY(community_recount(&app->cx, db, tell_recount, &wrong));
	TRY(fairplay_recheck(&app->cx, db, tell_recount, &wrong));
	TRY(standing_recheck(&app->cx, db, tell_recount, &wrong));
	return wrong ? fail(&app->cx, ST_INTERNAL, "%lld counts differ from what they count", (long long)wrong) : ST_OK;
}
