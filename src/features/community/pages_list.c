// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/pages.h"
#include "community_html.h"

#include "web/i18n.h"

#define HOME_TOPICS 20
#define TAGS_PAGE 120
#define PROFILE_ROWS 15
#define PROFILE_AREAS 8
#define BADGES_READ_MAX 2000
#define BADGES_SHOWN_MAX 40

static const FormField AFTER_FORM[] = {LINE("after", 0, 40, "error.value")};
static const FormField SPACE_FORM[] = {LINE("show", 0, 20, "error.value"), LINE("after", 0, 40, "error.value")};
static const FormField PROFILE_FORM[] = {LINE("answers", 0, 40, "error.value"), LINE("topics", 0, 40, "error.value")};
static const FormField SEARCH_FORM[] = {
	LINE("q", 0, 500, "error.value"),
	LINE("space", 0, 80, "error.value"),
	LINE("tag", 0, TAG_MAX_BYTES, "error.value"),
	LINE("by", 0, HANDLE_MAX_BYTES, "error.value"),
	LINE("state", 0, 20, "error.value"),
	LINE("sort", 0, 20, "error.value"),
	INTEGER("skip", 0, SEARCH_CANDIDATES_MAX, "error.value"),
};

// --- home -------------------------------------------------------------------------------------------------------------

static Status home_page(Ctx *cx, const Req *req, Res *res)
{
	HomeView *v = ARENA_NEW(cx->arena, HomeView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = message_get(S("shell.spaces"));
	v->shell.nav = "spaces";
	v->shell.feed = S("/feed.atom");
	v->shell.canonical = STR_CAT(cx->arena, web_base_url(cx, req), S("/"));
	Str described = setting_str(cx->site, &SITE_DESCRIPTION);
	v->shell.description = described.n ? described : message_get(S("home.lede"));
	v->demo = cx->site->demo;
	v->guest = !cx->actor->id;
	v->can_manage = actor_can(cx, RIGHT_MANAGE);
	TRY(space_cards(cx, req->db, &v->spaces));
	Position at = position_parse(req_str(req, "after"));
	TopicListActiveRows rows;
	TopicListActiveArgs args = {
		.at = at.key, .id = at.id, .limit = HOME_TOPICS + 1, .clearance = (int64_t)actor_clearance(cx)};
	TRY(topic_list_active(cx, req->db, &args, &rows));
	size_t n = size_min(rows.n, HOME_TOPICS);
	v->topics = topic_rows_of(cx->arena, rows.v, n);
	if (rows.n > n) {
		Buf b = buf_init(cx->arena, 64, 128);
		buf_str(&b, S("/?after="));
		buf_position(&b, rows.v[n - 1].bumped_at, rows.v[n - 1].id);
		v->older_url = buf_view(&b);
	}
	html_community_home(&res->body, v);
	return ST_OK;
}

// --- a space ----------------------------------------------------------------------------------------------------------

typedef enum Filter {
	FILTER_ACTIVE,
	FILTER_NEWEST,
	FILTER_UNANSWERED,
	FILTER_UNSOLVED,
	FILTER_SOLVED,
	FILTER_KUDOS,
	FILTERS
} Filter;

static const char *const FILTER_NAMES[FILTERS] = {"active", "newest", "unanswered", "unsolved", "solved", "kudos"};
static const char *const FILTER_KEYS[FILTERS] = {"list.active",   "list.newest", "list.unanswered",
												 "list.unsolved", "list.solved", "list.kudos"};

static const char *filter_name(Filter f) { return f < FILTERS ? FILTER_NAMES[f] : FILTER_NAMES[FILTER_ACTIVE]; }

static Filter filter_parse(Str name)
{
	for (Filter f = FILTER_ACTIVE; f < FILTERS; f++)
		if (str_eq(name, str_from(FILTER_NAMES[f]))) return f;
	return FILTER_ACTIVE;
}

// The lists of one space differ by statement (each has its own index), not by the shape of their rows or arguments.
_Static_assert(sizeof(TopicListSpaceNewestRow) == sizeof(TopicListActiveRow) &&
				   sizeof(TopicListSpaceKudosRow) == sizeof(TopicListActiveRow) &&
				   sizeof(TopicListSpaceUnsolvedRow) == sizeof(TopicListActiveRow) &&
				   sizeof(TopicListTagRow) == sizeof(TopicListActiveRow) &&
				   sizeof(TopicListAuthorRow) == sizeof(TopicListActiveRow),
			   "all lists of topics have the same columns");

#define LIST_SPACE(statement, Args, Rows)                                                                              \
	do {                                                                                                               \
		Rows rows;                                                                                                     \
		TRY(statement(cx, db, &(Args){.space_id = space_id, .at = at.key, .id = at.id, .limit = limit}, &rows));       \
		*ret_rows = (TopicListActiveRows){.v = (void *)rows.v, .n = rows.n};                                           \
	} while (0)

static Status list_space(Ctx *cx, Db *db, Filter filter, Id space_id, Position at, int64_t limit,
						 TopicListActiveRows *ret_rows)
{
	switch (filter) {
	case FILTER_NEWEST: LIST_SPACE(topic_list_space_newest, TopicListSpaceNewestArgs, TopicListSpaceNewestRows); break;
	case FILTER_UNANSWERED:
		LIST_SPACE(topic_list_space_unanswered, TopicListSpaceUnansweredArgs, TopicListSpaceUnansweredRows);
		break;
	case FILTER_UNSOLVED:
		LIST_SPACE(topic_list_space_unsolved, TopicListSpaceUnsolvedArgs, TopicListSpaceUnsolvedRows);
		break;
	case FILTER_SOLVED: LIST_SPACE(topic_list_space_solved, TopicListSpaceSolvedArgs, TopicListSpaceSolvedRows); break;
	case FILTER_KUDOS: {
		TopicListSpaceKudosRows rows;
		TRY(topics_by_kudos(cx, db, space_id, (ListPlace){at.key, at.id}, limit, &rows));
		*ret_rows = (TopicListActiveRows){.v = (void *)rows.v, .n = rows.n};
		break;
	}
	case FILTER_ACTIVE:
	case FILTERS: LIST_SPACE(topic_list_space_active, TopicListSpaceActiveArgs, TopicListSpaceActiveRows); break;
	}
	return ST_OK;
}

static int64_t filter_key(Filter f, const TopicListActiveRow *r)
{
	if (f == FILTER_KUDOS) return r->score;
	return f == FILTER_NEWEST || f == FILTER_UNANSWERED ? r->created_at : r->bumped_at;
}

static FilterTabs space_tabs(Arena *a, Str slug, Filter current, bool discussion)
{
	FilterTabs tabs = {.v = ARENA_NEW(a, FilterTab, FILTERS)};
	for (Filter f = FILTER_ACTIVE; f < FILTERS; f++) {
		if (discussion && (f == FILTER_UNSOLVED || f == FILTER_SOLVED)) continue;
		Str url = f == FILTER_ACTIVE ? STR_CAT(a, S("/s/"), slug)
									 : STR_CAT(a, S("/s/"), slug, S("?show="), str_from(FILTER_NAMES[f]));
		tabs.v[tabs.n++] = (FilterTab){.key = FILTER_KEYS[f], .url = url, .current = f == current};
	}
	return tabs;
}

static Status read_children(Ctx *cx, Db *db, Id space_id, SpaceCards *ret_children)
{
	SpaceListChildrenRows rows;
	SpaceListChildrenArgs args = {.parent_id = space_id, .clearance = (int64_t)actor_clearance(cx)};
	TRY(space_list_children(cx, db, &args, &rows));
	*ret_children = (SpaceCards){.v = ARENA_NEW(cx->arena, SpaceCard, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		const SpaceListChildrenRow *s = &rows.v[i];
		ret_children->v[i] = (SpaceCard){
			.id = s->id, .slug = s->slug, .title = s->title, .description = s->description, .topics_n = s->topics_n};
	}
	return ST_OK;
}

static Status space_page(Ctx *cx, const Req *req, Res *res)
{
	SpaceFindBySlugRow space = {0};
	TRY(visible_space(cx, req->db, req_str(req, "slug"), &space));
	Filter filter = filter_parse(req_str(req, "show"));
	ListView *v = ARENA_NEW(cx->arena, ListView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = v->title = space.title;
	v->shell.nav = "spaces";
	v->lede = space.description;
	v->shell.description = v->lede.n ? v->lede : message_get(S("home.lede"));
	v->shell.feed = STR_CAT(cx->arena, S("/s/"), space.slug, S("/feed.atom"));
	v->shell.canonical = STR_CAT(cx->arena, web_base_url(cx, req), S("/s/"), space.slug);
	v->shell.noindex = filter != FILTER_ACTIVE;
	v->crumbs = crumbs_of(cx->arena, message_get(S("shell.spaces")), S("/"), str_none(), str_none());
	v->ask_url = STR_CAT(cx->arena, S("/ask?in="), space.slug);
	if (actor_can(cx, RIGHT_MANAGE)) v->insight_url = STR_CAT(cx->arena, S("/s/"), space.slug, S("/insight"));
	v->space_slug = space.slug;
	v->discussion = space.kind == SPACE_DISCUSSION;
	v->filtered = filter != FILTER_ACTIVE;
	v->topics_n = space.topics_n;
	v->tabs = space_tabs(cx->arena, space.slug, filter, v->discussion);
	TopicListActiveRows rows;
	TRY(list_space(cx, req->db, filter, space.id, position_parse(req_str(req, "after")), LIST_PAGE_TOPICS + 1, &rows));
	size_t n = size_min(rows.n, LIST_PAGE_TOPICS);
	v->topics = topic_rows_of(cx->arena, rows.v, n);
	if (rows.n > n) {
		Buf b = buf_init(cx->arena, 128, 512);
		buf_format(&b, "/s/%.*s?%s%s%safter=", STR(space.slug), v->filtered ? "show=" : "",
				   v->filtered ? filter_name(filter) : "", v->filtered ? "&" : "");
		buf_position(&b, filter_key(filter, &rows.v[n - 1]), rows.v[n - 1].id);
		v->older_url = buf_view(&b);
	}
	TRY(read_children(cx, req->db, space.id, &v->children));
	html_community_list(&res->body, v);
	return ST_OK;
}

// --- tags -------------------------------------------------------------------------------------------------------------

static Status tag_rows(Ctx *cx, const Req *req, Id tag_id, const SpaceFindBySlugRow *space, TopicListTagRows *ret)
{
	Id before = position_parse(req_str(req, "after")).id;
	TopicListTagArgs args = {
		.tag_id = tag_id, .id = before, .limit = LIST_PAGE_TOPICS + 1, .clearance = (int64_t)actor_clearance(cx)};
	if (!space) return topic_list_tag(cx, req->db, &args, ret);
	TopicListSpaceTagArgs within = {.tag_id = tag_id, .space_id = space->id, .id = before, .limit = args.limit};
	TopicListSpaceTagRows rows;
	TRY(topic_list_space_tag(cx, req->db, &within, &rows));
	*ret = (TopicListTagRows){.v = (void *)rows.v, .n = rows.n}; // the same columns
	return ST_OK;
}

// What only the page of a tag everywhere has, or only that of a tag in one space.
static void tag_place(Ctx *cx, ListView *v, const SpaceFindBySlugRow *space, Str everywhere)
{
	v->ask_url = S("/ask");
	v->crumbs = crumbs_of(cx->arena, message_get(S("shell.tags")), S("/tags"), str_none(), str_none());
	v->shell.nav = "tags";
	if (!space) {
		v->shell.feed = STR_CAT(cx->arena, everywhere, S("/feed.atom"));
		if (actor_can(cx, RIGHT_MANAGE)) v->insight_url = STR_CAT(cx->arena, everywhere, S("/insight"));
		return;
	}
	Str path = STR_CAT(cx->arena, S("/s/"), space->slug);
	v->crumbs = crumbs_of(cx->arena, space->title, path, str_none(), str_none());
	v->shell.nav = "spaces";
	v->shell.noindex = true; // the same topics stand on the page of the tag
	v->ask_url = STR_CAT(cx->arena, S("/ask?in="), space->slug);
	v->space_slug = space->slug;
	v->everywhere_url = everywhere;
}

static Status tag_draw(Ctx *cx, const Req *req, Res *res, const SpaceFindBySlugRow *space)
{
	TagFindRow tag = {0};
	TRY(visible_tag(cx, req->db, req_str(req, "tag"), &tag));
	ListView *v = ARENA_NEW(cx->arena, ListView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = v->title = tag.name;
	v->lede = tag.description;
	v->shell.description = v->lede.n ? v->lede : message_get(S("tag.lede"));
	v->filtered = space != NULL;
	Buf path = buf_init(cx->arena, 200, 400), everywhere = buf_init(cx->arena, 200, 400);
	buf_str(&everywhere, S("/tag/"));
	buf_url_encoded(&everywhere, tag.name);
	if (space) buf_format(&path, "/s/%.*s", STR(space->slug));
	buf_str(&path, buf_view(&everywhere));
	tag_place(cx, v, space, buf_view(&everywhere));
	v->shell.canonical = STR_CAT(cx->arena, web_base_url(cx, req), buf_view(&path));
	TopicListTagRows rows;
	TRY(tag_rows(cx, req, tag.id, space, &rows));
	size_t n = size_min(rows.n, LIST_PAGE_TOPICS);
	v->topics = topic_rows_of(cx->arena, (const void *)rows.v, n);
	if (rows.n > n) {
		buf_str(&path, S("?after="));
		buf_position(&path, 0, rows.v[n - 1].id);
		v->older_url = buf_view(&path);
	}
	html_community_list(&res->body, v);
	return ST_OK;
}

static Status tag_page(Ctx *cx, const Req *req, Res *res) { return tag_draw(cx, req, res, NULL); }

static Status space_tag_page(Ctx *cx, const Req *req, Res *res)
{
	SpaceFindBySlugRow space = {0};
	TRY(visible_space(cx, req->db, req_str(req, "slug"), &space));
	return tag_draw(cx, req, res, &space);
}

static Status tags_page(Ctx *cx, const Req *req, Res *res)
{
	TagsView *v = ARENA_NEW(cx->arena, TagsView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = message_get(S("tags.title"));
	v->shell.description = message_get(S("tags.lede"));
	v->shell.nav = "tags";
	Position at = position_parse(req_str(req, "after"));
	TagListRows rows;
	TRY(tags_by_size(cx, req->db, (ListPlace){at.key, at.id}, TAGS_PAGE + 1, &rows));
	size_t n = size_min(rows.n, TAGS_PAGE);
	v->tags = (TagViews){.v = ARENA_NEW(cx->arena, TagView, n)};
	for (size_t i = 0; i < n; i++)
		if (rows.v[i].topics_n > 0)
			v->tags.v[v->tags.n++] = (TagView){.name = rows.v[i].name, .topics_n = rows.v[i].topics_n};
	if (rows.n > n) {
		Buf b = buf_init(cx->arena, 64, 128);
		buf_str(&b, S("/tags?after="));
		buf_position(&b, rows.v[n - 1].topics_n, rows.v[n - 1].id);
		v->older_url = buf_view(&b);
	}
	html_community_tags(&res->body, v);
	return ST_OK;
}

// --- a member ---------------------------------------------------------------------------------------------------------

static Status profile_answers(Ctx *cx, const Req *req, Id member, ProfileView *v)
{
	Position at = position_parse(req_str(req, "answers"));
	PostListAuthorRows rows;
	PostListAuthorArgs args = {.author_id = member,
							   .at = at.key,
							   .id = at.id,
							   .limit = PROFILE_ROWS + 1,
							   .clearance = (int64_t)actor_clearance(cx)};
	TRY(post_list_author(cx, req->db, &args, &rows));
	size_t n = size_min(rows.n, PROFILE_ROWS);
	v->answers = (ActivityRows){.v = ARENA_NEW(cx->arena, ActivityRow, n), .n = n};
	for (size_t i = 0; i < n; i++) {
		Buf url = buf_init(cx->arena, 24, 32);
		buf_str(&url, S("/p/"));
		buf_id(&url, rows.v[i].id);
		v->answers.v[i] = (ActivityRow){
			.url = buf_view(&url),
			.title = rows.v[i].title,
			.created_at = rows.v[i].created_at,
			.score = rows.v[i].score,
			.solution = rows.v[i].solution_id == rows.v[i].id,
		};
	}
	if (rows.n <= n) return ST_OK;
	Buf b = buf_init(cx->arena, 96, 256);
	buf_format(&b, "/m/%.*s?answers=", STR(v->by.handle));
	buf_position(&b, rows.v[n - 1].created_at, rows.v[n - 1].id);
	v->answers_older_url = buf_view(&b);
	return ST_OK;
}

static Status profile_topics(Ctx *cx, const Req *req, Id member, ProfileView *v)
{
	Position at = position_parse(req_str(req, "topics"));
	TopicListAuthorRows rows;
	TopicListAuthorArgs args = {.author_id = member,
								.at = at.key,
								.id = at.id,
								.limit = PROFILE_ROWS + 1,
								.clearance = (int64_t)actor_clearance(cx)};
	TRY(topic_list_author(cx, req->db, &args, &rows));
	size_t n = size_min(rows.n, PROFILE_ROWS);
	v->topics = topic_rows_of(cx->arena, (const void *)rows.v, n);
	if (rows.n <= n) return ST_OK;
	Buf b = buf_init(cx->arena, 96, 256);
	buf_format(&b, "/m/%.*s?topics=", STR(v->by.handle));
	buf_position(&b, rows.v[n - 1].created_at, rows.v[n - 1].id);
	v->topics_older_url = buf_view(&b);
	return ST_OK;
}

// Badges of one name are shown once, with how often.
static Status profile_badges(Ctx *cx, Db *db, Id member, ProfileView *v)
{
	BadgeListRows rows;
	TRY(badge_list(cx, db, &(BadgeListArgs){.member_id = member, .limit = BADGES_READ_MAX}, &rows));
	v->badges.v = ARENA_NEW(cx->arena, BadgeView, BADGES_SHOWN_MAX);
	for (size_t i = 0; i < rows.n; i++) {
		size_t k = 0;
		while (k < v->badges.n && !str_eq(v->badges.v[k].name, rows.v[i].name)) k++;
		if (k == v->badges.n && k == BADGES_SHOWN_MAX) continue;
		if (k == v->badges.n)
			v->badges.v[v->badges.n++] = (BadgeView){.name = rows.v[i].name, .level = (int)rows.v[i].level};
		v->badges.v[k].count++;
	}
	return ST_OK;
}

static JsonText profile_ld(Ctx *cx, const ProfileView *v)
{
	Buf b = buf_init(cx->arena, 512, 4096);
	Json j = ld_begin(&b, "ProfilePage");
	json_key(&j, "dateCreated");
	json_time(&j, v->joined_at);
	json_key(&j, "mainEntity");
	json_obj(&j);
	json_key(&j, "@type");
	json_str(&j, S("Person"));
	json_key(&j, "name");
	json_str(&j, v->by.handle);
	json_end(&j);
	json_end(&j);
	return (JsonText){buf_view(&b)};
}

// Figures published elsewhere, and the areas: tags only, and of these the first that the reader may see.
static Status profile_more_fill(Ctx *cx, Db *db, Id member, Str areas, ProfileView *v)
{
	Buf names = buf_init(cx->arena, 256, 8192);
	Json j = json_init(&names);
	MemberArea area, *solved = ARENA_NEW(cx->arena, MemberArea, areas.n + 1);
	size_t solved_n = 0;
	ProfileMoreRows rows;
	json_arr(&j);
	for (Str rest = areas; members_area_next(&rest, &area);) {
		if (area.is_space || !area.solved) continue;
		json_str(&j, area.name);
		solved[solved_n++] = area;
	}
	json_end(&j);
	TRY(buf_status(cx, &names));
	TRY(profile_more(
		cx, db,
		&(ProfileMoreArgs){.member_id = member, .names = buf_view(&names), .clearance = (int64_t)actor_clearance(cx)},
		&rows));
	v->figures.v = ARENA_NEW(cx->arena, FigureView, rows.n);
	v->areas.v = ARENA_NEW(cx->arena, AreaRow, PROFILE_AREAS);
	for (size_t i = 0; i < rows.n; i++) {
		const ProfileMoreRow *r = &rows.v[i];
		if (!r->kind) {
			v->figures.v[v->figures.n++] = (FigureView){.source = r->source, .name = r->name, .value = r->value};
		} else if ((size_t)r->value < solved_n && v->areas.n < PROFILE_AREAS) {
			const MemberArea *m = &solved[r->value];
			v->areas.v[v->areas.n++] = (AreaRow){m->name, m->solved, m->kept};
		}
	}
	return ST_OK;
}

static Status profile_page(Ctx *cx, const Req *req, Res *res)
{
	MemberFindByHandleRow m;
	bool found;
	MemberFindByHandleArgs args = {.handle_key = members_key(cx->arena, req_str(req, "handle"))};
	TRY(member_find_by_handle(cx, req->db, &args, &m, &found));
	if (!found || m.deleted_at) return fail(cx, ST_NOT_FOUND, "no such member");
	ProfileView *v = ARENA_NEW(cx->arena, ProfileView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = m.handle;
	v->shell.nav = "members";
	v->shell.canonical = STR_CAT(cx->arena, web_base_url(cx, req), S("/m/"), m.handle);
	v->crumbs = crumbs_of(cx->arena, message_get(S("shell.members")), S("/members"), str_none(), str_none());
	v->by = person_of(cx->arena, m.handle, m.display_name, m.role, m.affiliation);
	v->by.cred = (Cred){.handle = m.handle,
						.rank = m.rank_name,
						.level = m.rank_level,
						.area = m.area,
						.given = m.given_n,
						.solved = m.solved_n,
						.kept = m.kept_n};
	v->answers_n = m.answers_n;
	v->solutions_n = m.solutions_n;
	v->display_name = m.display_name;
	v->location = m.location;
	v->website = m.website;
	v->origin_url = m.origin_url;
	v->about = m.about_html;
	v->shell.description = str_format(cx->arena, "%.*s: %.*s", STR(m.handle), STR(message_get(S("profile.lede"))));
	v->joined_at = m.joined_at;
	v->topics_n = m.topics_n;
	v->comments_n = m.comments_n;
	v->kudos_n = m.kudos_n;
	v->role_key = str_z(cx->arena, str_format(cx->arena, "role.%s", role_name((Role)m.role)));
	v->affiliation_key = str_z(cx->arena,
							   str_format(cx->arena, "affiliation.%s", affiliation_name((Affiliation)m.affiliation)));
	v->own = cx->actor->id == m.id;
	v->id = m.id;
	v->circle = (MemberCircle){m.id, (Circle)m.circle, m.circle_since, m.circle_area};
	v->manager = actor_can(cx, RIGHT_MANAGE);
	v->points = (m.standing + 500) / 1000;
	if (!m.board_off || v->own) v->place = m.place, v->place_to = m.place_to;
	TRY(profile_answers(cx, req, m.id, v));
	TRY(profile_topics(cx, req, m.id, v));
	TRY(profile_badges(cx, req->db, m.id, v));
	TRY(profile_more_fill(cx, req->db, m.id, m.areas, v));
	v->shell.ld = profile_ld(cx, v);
	html_community_profile(&res->body, v);
	return ST_OK;
}

// --- search -----------------------------------------------------------------------------------------------------------

static Str search_url(Ctx *cx, const Req *req, const char *state, const char *sort, int64_t skip)
{
	static const char *const KEPT[] = {"q", "space", "tag", "by"};
	Buf b = buf_init(cx->arena, 256, 4096);
	buf_str(&b, S("/search?"));
	for (size_t i = 0; i < COUNTOF(KEPT); i++) {
		Str value = req_str(req, KEPT[i]);
		if (!value.n) continue;
		buf_format(&b, "%s=", KEPT[i]);
		buf_url_encoded(&b, value);
		buf_char(&b, '&');
	}
	if (state[0]) buf_format(&b, "state=%s&", state);
	if (sort[0]) buf_format(&b, "sort=%s&", sort);
	if (skip) buf_format(&b, "skip=%lld&", (long long)skip);
	b.n--; // the last separator
	return buf_view(&b);
}

static void search_tabs(Ctx *cx, const Req *req, SearchView *v)
{
	static const char *const STATES[] = {"", "solved", "unsolved"}, *const STATE_KEYS[] = {"search.all",
																						   "search.solved",
																						   "search.unsolved"};
	const char *state = STATES[v->solved < 0 ? 0 : v->solved == 1 ? 1 : 2], *sort = v->newest ? "newest" : "";
	v->states = (FilterTabs){.v = ARENA_NEW(cx->arena, FilterTab, 3), .n = 3};
	for (size_t i = 0; i < 3; i++)
		v->states.v[i] = (FilterTab){
			.key = STATE_KEYS[i], .url = search_url(cx, req, STATES[i], sort, 0), .current = state == STATES[i]};
	v->sorts = (FilterTabs){.v = ARENA_NEW(cx->arena, FilterTab, 2), .n = 2};
	v->sorts.v[0] = (FilterTab){
		.key = "search.relevance", .url = search_url(cx, req, state, "", 0), .current = !v->newest};
	v->sorts.v[1] = (FilterTab){
		.key = "search.newest", .url = search_url(cx, req, state, "newest", 0), .current = v->newest};
}

static HitView hit_view(Ctx *cx, const SearchHit *h)
{
	Cred cred = {.handle = h->handle, .area = h->area, .given = h->given_n, .solved = h->solved_n, .kept = h->kept_n};
	cred_in(&cred, h->areas, &(Whereabouts){.tags = h->tags});
	return (HitView){
		.url = path_post(cx->arena, h->topic_id, h->slug, h->post_id, h->number),
		.title = h->title,
		.space_title = h->space_title,
		.space_slug = h->space_slug,
		.author = h->author,
		.cred = cred,
		.created_at = h->created_at,
		.score = h->score,
		.answers_n = h->answers_n,
		.solved = h->solved,
		.snippet = h->snippet,
	};
}

// Facets by name to ids; an unknown space or author finds nothing, which the empty page then says.
static Status read_facets(Ctx *cx, const Req *req, SearchView *v, SearchArgs *args)
{
	if (v->space.n) args->space_id = -1;
	for (size_t i = 0; i < args->spaces->n; i++)
		if (str_eq(args->spaces->v[i].slug, v->space)) args->space_id = args->spaces->v[i].id;
	if (v->by.n) {
		MemberFindByHandleRow m;
		bool found;
		TRY(member_find_by_handle(cx, req->db, &(MemberFindByHandleArgs){.handle_key = members_key(cx->arena, v->by)},
								  &m, &found));
		args->author_id = found ? m.id : -1;
	}
	for (size_t i = 0; i < v->spaces.n; i++)
		v->spaces.v[i].child = str_eq(v->spaces.v[i].slug, v->space); // `child` = chosen here
	return ST_OK;
}

static Status search_page(Ctx *cx, const Req *req, Res *res)
{
	SearchView *v = ARENA_NEW(cx->arena, SearchView, 1);
	shell_init(cx, req, &v->shell);
	v->q = v->shell.query = req_str(req, "q");
	v->tag = req_str(req, "tag");
	v->by = req_str(req, "by");
	v->space = req_str(req, "space");
	v->newest = str_eq(req_str(req, "sort"), S("newest"));
	v->solved = str_eq(req_str(req, "state"), S("solved")) ? 1 : str_eq(req_str(req, "state"), S("unsolved")) ? 0 : -1;
	v->asked = v->q.n > 0;
	v->shell.title = v->asked ? v->q : message_get(S("search.title"));
	v->shell.noindex = true;
	SpaceListRows spaces;
	TRY(space_list(cx, req->db, &spaces));
	v->spaces = space_cards_of(cx, &spaces);
	SearchArgs args = {.text = v->q,
					   .spaces = &spaces,
					   .sort = v->newest ? SEARCH_NEWEST : SEARCH_RELEVANCE,
					   .tag = v->tag,
					   .solved = v->solved,
					   .limit = 20,
					   .skip = (size_t)req_int(req, "skip")};
	TRY(read_facets(cx, req, v, &args));
	if (v->asked) {
		SearchHits hits;
		TRY(community_search(cx, req->db, &args, &hits));
		v->total = hits.total;
		v->total_topics = hits.total_topics;
		res->seen = (Observation){.kind = OBSERVE_SEARCHED, .value = (int64_t)hits.total};
		v->capped = hits.total_capped;
		v->hits = (HitViews){.v = ARENA_NEW(cx->arena, HitView, hits.n), .n = hits.n};
		for (size_t i = 0; i < hits.n; i++) v->hits.v[i] = hit_view(cx, &hits.v[i]);
		search_tabs(cx, req, v);
		const char *state = v->solved < 0 ? "" : v->solved ? "solved" : "unsolved";
		if (args.skip + hits.n < hits.total && hits.n == args.limit)
			v->older_url = search_url(cx, req, state, v->newest ? "newest" : "", (int64_t)(args.skip + hits.n));
		Buf ask = buf_init(cx->arena, 64, 4096);
		buf_str(&ask, S("/ask?title="));
		buf_url_encoded(&ask, v->q);
		v->ask_url = buf_view(&ask);
	}
	html_community_search(&res->body, v);
	return ST_OK;
}

// clang-format off
const Route community_list_routes[] = {
	READ("/", RIGHT_READ, home_page, .form = FORM(AFTER_FORM), .flags = ROUTE_CACHED, .doc = "Home: spaces and the latest activity"),
	READ("/s/{slug}", RIGHT_READ, space_page, .form = FORM(SPACE_FORM), .flags = ROUTE_CACHED, .doc = "A space, filtered"),
	READ("/tags", RIGHT_READ, tags_page, .form = FORM(AFTER_FORM), .flags = ROUTE_CACHED, .doc = "All tags"),
	READ("/s/{slug}/tag/{tag}", RIGHT_READ, space_tag_page, .form = FORM(AFTER_FORM), .flags = ROUTE_CACHED, .doc = "Topics of a space with a tag"),
	READ("/tag/{tag}", RIGHT_READ, tag_page, .form = FORM(AFTER_FORM), .flags = ROUTE_CACHED, .doc = "Topics with a tag"),
	READ("/m/{handle}", RIGHT_READ, profile_page, .form = FORM(PROFILE_FORM), .flags = ROUTE_CACHED, .doc = "A member"),
	READ("/search", RIGHT_READ, search_page, .form = FORM(SEARCH_FORM), .limit = LIMIT_SEARCH, .flags = ROUTE_CACHED, .doc = "Search"),
};
// clang-format on
const size_t community_list_routes_n = COUNTOF(community_list_routes);
